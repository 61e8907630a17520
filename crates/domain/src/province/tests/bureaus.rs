//! The bureaus of a province as its table has them.

use super::read;
use crate::province::Province;

#[test]
fn a_comma_in_an_address_does_not_break_its_row() {
    let text = read("data/bureaus.csv").unwrap();
    let row = text.lines().find(|line| line.starts_with("430111,")).unwrap();
    let mut values: Vec<&str> = row.split(',').collect();
    values[7] = "\"香樟路 1 号, 3 楼\"";
    let text = text.replacen(row, &values.join(","), 1);
    let with_change = |name: &str| if name == "data/bureaus.csv" { Some(text.clone()) } else { read(name) };
    let hunan = Province::parse(&with_change, "hunan").unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(hunan.bureaus.get(&"430111".into()).unwrap().address, "香樟路 1 号, 3 楼");
}

#[test]
fn a_county_has_its_bureau_under_the_city_and_the_province() {
    let hunan = Province::parse(&read, "hunan").unwrap();
    let bureau = hunan.bureaus.for_division("430111").unwrap();
    assert_eq!(bureau.name, "长沙市雨花区财政局");
    let name = |division| hunan.bureaus.for_division(division).unwrap().name.as_str();
    assert_eq!([name("430121"), name("430181"), name("430100")], ["长沙县财政局", "浏阳市财政局", "长沙市财政局"]);
    assert_eq!(hunan.bureaus.parent(&bureau.code).unwrap().name, "长沙市财政局");
    let above: Vec<_> = hunan.bureaus.ancestors(&bureau.code).iter().map(|above| above.name.as_str()).collect();
    assert_eq!(above, ["长沙市财政局", "湖南省财政厅"]);
    assert!(
        hunan.bureaus.is_within(&"430111".into(), &"430000".into())
            && hunan.bureaus.is_within(&"430100".into(), &"430100".into())
    );
    assert!(
        !hunan.bureaus.is_within(&"430100".into(), &"430111".into())
            && !hunan.bureaus.is_within(&"430211".into(), &"430100".into())
    );
    for bureau in hunan.bureaus.0.keys() {
        let below: Vec<_> = hunan.bureaus.0.keys().filter(|code| hunan.bureaus.is_within(code, bureau)).collect();
        assert_eq!(hunan.bureaus.within(bureau).into_iter().collect::<Vec<_>>(), below, "{bureau}");
    }
    assert!(hunan.bureaus.within(&"999999".into()).is_empty());
}
