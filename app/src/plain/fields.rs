//! The fields of a plain form: what is typed, and what is wrong with it.

use domain::province::AttachmentRules;
use leptos::prelude::*;

use crate::ui::format;

/// A form with its faults, by field.
pub(super) struct Seen<'a, F> {
    /// What is typed.
    pub form: F,
    /// What is wrong: the field and the sentence.
    pub faults: &'a [(&'static str, String)],
}

impl<F> Seen<'_, F> {
    fn fault(&self, field: &str) -> Option<String> {
        self.faults.iter().find(|(of, _)| *of == field).map(|(_, said)| said.clone())
    }

    /// What is wrong with a field.
    pub fn said(&self, field: &'static str) -> Option<AnyView> {
        self.fault(field).map(|said| view! { <p class="field__error" id=format!("{field}-error")>{said}</p> }.into_any())
    }

    /// What describes a field: its fault, else its hint where it has one.
    pub fn described(&self, field: &str, has_hint: bool) -> Option<String> {
        let hint = has_hint.then(|| format!("{field}-hint"));
        self.fault(field).map(|_| format!("{field}-error")).or(hint)
    }

    /// `aria-invalid` of a field.
    pub fn invalid(&self, field: &str) -> Option<&'static str> {
        self.fault(field).map(|_| "true")
    }

    /// A field for a text.
    pub fn text(&self, field: &'static str, label: &'static str, hint: &'static str, value: &str) -> AnyView {
        let shown = (!hint.is_empty()).then(|| view! { <p class="field__hint" id=format!("{field}-hint")>{hint}</p> });
        view! {
            <div class="field">
                <label for=field>{label}</label>
                {shown}
                {self.said(field)}
                <input id=field name=field type="text" autocomplete="off" value=value.to_owned() aria-describedby=self.described(field, !hint.is_empty()) aria-invalid=self.invalid(field) />
            </div>
        }
        .into_any()
    }

    /// The file that comes with the form.
    pub fn proof(&self, rules: &AttachmentRules) -> AnyView {
        let hint =
            format!("JPG、PNG 图片，或者最多 {} 页的 PDF，不超过 {}。", rules.most, format::bytes(i64::from(rules.max_upload())));
        view! {
            <div class="field">
                <label for="proof">{rules.title.clone()}</label>
                <p class="field__hint" id="proof-hint">{hint}</p>
                {self.said("proof")}
                <input id="proof" name="proof" type="file" accept=".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf" aria-describedby=self.described("proof", true) aria-invalid=self.invalid("proof") />
            </div>
        }
        .into_any()
    }
}

/// What is wrong with a form, above it.
pub(super) fn summary(faults: &[(&'static str, String)]) -> Option<AnyView> {
    (!faults.is_empty()).then(|| {
        let line = |(field, said): &(&'static str, String)| view! { <li><a href=format!("#{field}")>{said.clone()}</a></li> };
        view! {
            <div class="error-summary" role="alert">
                <h2>"提交的内容有问题"</h2>
                <ul>{faults.iter().map(line).collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}
