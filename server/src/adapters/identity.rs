//! The identity services of the provinces by OpenID Connect: authorization code with PKCE. What a service says about
//! itself (addresses and keys, which are public) is kept for five minutes, and read anew when a key is unknown.

mod http;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use anyhow::Context;
use futures::FutureExt;
use futures::future::BoxFuture;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessToken, AdditionalClaims, AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdToken, IdTokenClaims, IdTokenFields, IssuerUrl,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    StandardErrorResponse, StandardTokenResponse, SubjectIdentifier, TokenResponse,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use service::{Attempt, Clock, Identity, IdentityError, Known, ServicePage};

use self::http::{Http, HttpError};
use crate::config::identity::{IdentityClient, is_private, with_return};

/// How long addresses and keys of a service are believed.
const LIFE: Duration = Duration::from_secs(300);

/// Claims beside the standard ones, under whatever names.
#[derive(Clone, Deserialize, Serialize)]
#[serde(transparent)]
struct Extra(BTreeMap<String, Value>);

impl AdditionalClaims for Extra {}

// They are personal.
domain::shown!(Extra);

type Fields =
    IdTokenFields<Extra, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Token = IdToken<Extra, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Claims = IdTokenClaims<Extra, CoreGenderClaim>;
type Refusal = StandardErrorResponse<CoreErrorResponseType>;
type Client = openidconnect::Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    Refusal,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The service of one province.
struct Service {
    settings: IdentityClient,
    issuer: IssuerUrl,
    found: RwLock<Option<(Instant, Arc<CoreProviderMetadata>)>>,
}

/// The services of all provinces that have one.
pub struct OpenIdConnect {
    services: BTreeMap<String, Service>,
    http: Http,
    clock: Arc<dyn Clock>,
}

impl OpenIdConnect {
    /// Nothing is asked before somebody signs in, so that a service that is down keeps nobody else out.
    ///
    /// # Errors
    /// When an issuer is no address, or TLS cannot be prepared.
    pub fn new(clients: BTreeMap<String, IdentityClient>, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let mut services = BTreeMap::new();
        for (key, settings) in clients {
            let issuer = IssuerUrl::new(settings.issuer.clone()).with_context(|| format!("identity.{key}.issuer"))?;
            services.insert(key, Service { settings, issuer, found: RwLock::default() });
        }
        Ok(Self { services, http: Http::new()?, clock })
    }

    fn service(&self, province: &str) -> Result<&Service, IdentityError> {
        self.services.get(province).ok_or(IdentityError::Unreachable)
    }

    /// A client for an attempt, made of what the service says about itself.
    async fn client(&self, service: &Service, attempt: &Attempt, is_renewed: bool) -> Result<Client, IdentityError> {
        let kept = service.found.read().ok().and_then(|found| found.clone());
        let metadata = match kept.filter(|(at, _)| !is_renewed && at.elapsed() < LIFE) {
            Some((_, metadata)) => metadata,
            None => {
                let found = CoreProviderMetadata::discover_async(service.issuer.clone(), &self.http).await;
                let found = Arc::new(found.map_err(|error| unreachable("discovery", &error))?);
                if let Ok(mut kept) = service.found.write() {
                    *kept = Some((Instant::now(), found.clone()));
                }
                found
            }
        };
        if !is_private(metadata.authorization_endpoint().url()) {
            return Err(unreachable("discovery", &"a sign-in page without TLS"));
        }
        let settings = &service.settings;
        let redirect =
            RedirectUrl::new(attempt.redirect_uri.clone()).map_err(|_| unreachable("us", &"no address to return to"))?;
        let by_post = metadata.token_endpoint_auth_methods_supported().is_some_and(|ways| {
            ways.contains(&CoreClientAuthMethod::ClientSecretPost) && !ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let id = ClientId::new(settings.client_id.clone());
        let client = Client::from_provider_metadata((*metadata).clone(), id, settings.client_secret.clone());
        let way = if by_post { AuthType::RequestBody } else { AuthType::BasicAuth };
        Ok(client.set_auth_type(way).set_redirect_uri(redirect))
    }

    fn verify(&self, client: &Client, token: &Token, attempt: &Attempt) -> Result<Claims, ClaimsVerificationError> {
        use CoreJwsSigningAlgorithm::{EcdsaP256Sha256, EcdsaP384Sha384, EdDsa, RsaSsaPkcs1V15Sha256, RsaSsaPssSha256};
        let (clock, nonce) = (self.clock.clone(), Nonce::new(attempt.nonce.clone()));
        // Only keys that the service alone has: with HMAC our own secret would do.
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs([RsaSsaPkcs1V15Sha256, RsaSsaPssSha256, EcdsaP256Sha256, EcdsaP384Sha384, EdDsa])
            .set_time_fn(move || clock.now());
        token.claims(&verifier, &nonce).cloned()
    }

    async fn who(&self, province: &str, attempt: &Attempt, code: &str) -> Result<Known, IdentityError> {
        let service = self.service(province)?;
        let client = self.client(service, attempt, false).await?;
        let exchange = client.exchange_code(AuthorizationCode::new(code.to_owned()));
        let exchange = exchange.map_err(|_| unreachable("discovery", &"no address for codes"))?;
        let answer = exchange.set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone())).request_async(&self.http).await;
        let tokens = answer.map_err(refused)?;
        let token = tokens.id_token().ok_or_else(|| untrusted("no token"))?;
        let claims = match self.verify(&client, token, attempt) {
            // Its keys may have changed since we read them.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let client = self.client(service, attempt, true).await?;
                self.verify(&client, token, attempt)
            }
            verified => verified,
        };
        let claims = claims.map_err(|error| untrusted(kind(&error)))?;
        let said = object(&claims)?;
        match known(&service.settings, claims.subject(), &said) {
            Some(known) => Ok(known),
            None => {
                let more = self.more(&client, tokens.access_token(), claims.subject()).await?;
                let said = more.into_iter().chain(said).collect();
                known(&service.settings, claims.subject(), &said).ok_or(IdentityError::Incomplete)
            }
        }
    }

    /// What the service says beside the token, about the same person.
    async fn more(
        &self,
        client: &Client,
        token: &AccessToken,
        who: &SubjectIdentifier,
    ) -> Result<Map<String, Value>, IdentityError> {
        let request = client.user_info(token.clone(), Some(who.clone())).map_err(|_| IdentityError::Incomplete)?;
        let claims = request.request_async::<Extra, _, CoreGenderClaim>(&self.http).await;
        object(&claims.map_err(|error| unreachable("claims", &error))?)
    }
}

fn object(claims: &impl Serialize) -> Result<Map<String, Value>, IdentityError> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(said)) => Ok(said),
        _ => Err(IdentityError::Incomplete),
    }
}

fn known(settings: &IdentityClient, subject: &SubjectIdentifier, said: &Map<String, Value>) -> Option<Known> {
    let claim = |name: &str| said.get(name).and_then(Value::as_str).map(str::to_owned);
    let names = &settings.claims;
    let word = claim(&names.document_kind)?;
    Some(Known {
        subject: subject.as_str().to_owned(),
        name: claim(&names.name)?,
        mobile: claim(&names.mobile)?,
        document_kind: settings.document_kinds.get(&word).map_or(word, |kind| kind.code().to_owned()),
        document_number: claim(&names.document_number)?,
        unit: claim(&names.unit_code).zip(claim(&names.unit_name)),
    })
}

// The log says at which step and in which way it failed: no body, no code, no claim.

fn unreachable(step: &'static str, error: &dyn fmt::Display) -> IdentityError {
    tracing::warn!(step, %error, "the identity service");
    IdentityError::Unreachable
}

fn untrusted(what: &'static str) -> IdentityError {
    tracing::warn!(step = "token", error = what, "the identity service");
    IdentityError::Untrusted
}

fn refused(error: RequestTokenError<HttpError, Refusal>) -> IdentityError {
    match error {
        RequestTokenError::ServerResponse(said) if *said.error() == CoreErrorResponseType::InvalidGrant => IdentityError::Refused,
        RequestTokenError::ServerResponse(said) => untrusted(match said.error() {
            CoreErrorResponseType::InvalidClient => "it does not know us: client_id or secret",
            CoreErrorResponseType::UnauthorizedClient => "we may not redeem codes",
            _ => "it refuses the request",
        }),
        other => unreachable("code", &other),
    }
}

/// The way in which a token is wrong; the library's texts quote what is in it.
fn kind(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "too old",
        ClaimsVerificationError::InvalidAudience(_) => "for somebody else",
        ClaimsVerificationError::InvalidIssuer(_) => "by somebody else",
        ClaimsVerificationError::InvalidNonce(_) => "of another attempt",
        ClaimsVerificationError::InvalidSubject(_) => "of another person",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        _ => "wrong",
    }
}

impl Identity for OpenIdConnect {
    fn begin<'a>(&'a self, province: &'a str, attempt: &'a Attempt) -> BoxFuture<'a, Result<String, IdentityError>> {
        async move {
            let service = self.service(province)?;
            let client = self.client(service, attempt, false).await?;
            let (state, nonce) = (CsrfToken::new(attempt.state.clone()), Nonce::new(attempt.nonce.clone()));
            let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(attempt.verifier.clone()));
            let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
            let request = client.authorize_url(flow, move || state, move || nonce);
            let request = request.add_scopes(service.settings.scopes.iter().cloned().map(Scope::new));
            Ok(request.set_pkce_challenge(challenge).url().0.into())
        }
        .boxed()
    }

    fn finish<'a>(
        &'a self,
        province: &'a str,
        attempt: &'a Attempt,
        code: &'a str,
    ) -> BoxFuture<'a, Result<Known, IdentityError>> {
        self.who(province, attempt, code).boxed()
    }

    fn page(&self, province: &str, page: ServicePage, back: &str) -> Option<String> {
        let settings = &self.services.get(province)?.settings;
        let template = match page {
            ServicePage::Register => &settings.register_url,
            ServicePage::Account => &settings.account_url,
        };
        Some(with_return(template, back))
    }
}
