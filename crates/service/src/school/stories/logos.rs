//! 标志 of schools.

use domain::fault::Fault;

use super::*;
use crate::review::stories::assert_not_found;
use crate::school::{keep_logo, logo, schools_view, take_logo_away};
use crate::testing::both;

fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_pixel(width, height, image::Rgb([20, 90, 160]));
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn a_picture_becomes_a_small_one_that_everybody_sees_and_a_wrong_one_is_told(house: House) {
    let zhao = administrator(&house).await;
    let id = school(&house, &zhao, "aa").await;
    let visit = collected(&house).await;
    assert_eq!(schools_view(&visit).await.unwrap().schools[0].logo, None);
    keep_logo(&zhao, &id, Ok(b"no picture".to_vec())).await.unwrap();
    let shown = kept_school(&house.again(&zhao).await, &id).await.unwrap();
    assert_eq!((shown.logo, shown.logo_fault), (None, Some(Fault::FileKind)));
    assert_eq!(kept_school(&house.again(&zhao).await, &id).await.unwrap().logo_fault, None, "once");
    let sent = picture(1200, 600);
    keep_logo(&zhao, &id, Ok(sent.clone())).await.unwrap();
    let drawn = logo(&visit, &id).await.unwrap();
    assert!(drawn.starts_with(&[0xff, 0xd8]) && drawn != sent && drawn.len() < 64 * 1024);
    let first = schools_view(&house.again(&visit).await).await.unwrap().schools[0].logo.clone();
    assert!(first.is_some() && kept_school(&house.again(&zhao).await, &id).await.unwrap().logo == first);
    keep_logo(&zhao, &id, Ok(picture(300, 300))).await.unwrap();
    assert_ne!(
        schools_view(&house.again(&visit).await).await.unwrap().schools[0].logo,
        first,
        "another picture, another address"
    );
    assert_not_found(keep_logo(&zhao, "nowhere", Ok(sent.clone())).await);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert!(keep_logo(&li, &id, Ok(sent)).await.is_err());
    take_logo_away(&zhao, &TokenForm { school: id.clone(), ..TokenForm::default() }).await.unwrap();
    assert_not_found(logo(&visit, &id).await);
}
both!(a_picture_becomes_a_small_one_that_everybody_sees_and_a_wrong_one_is_told);
