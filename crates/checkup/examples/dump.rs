use checkup::testing::*;
use checkup::look;
fn main() {
    let mut args = std::env::args().skip(1);
    let set = if args.next().unwrap() == "h" { Set::HELD_OUT } else { Set::CHOSEN_BY };
    let rest: Vec<String> = args.collect();
    if rest[0] == "twins" {
        let clean: Vec<_> = (0..set.clean).map(|n| { let s = shots(&set, n).1; look(&s[0].picture, &s[0].facts, None).print }).collect();
        let mut best = Vec::new();
        for n in 0..clean.len() { for m in 0..n { best.push((clean[n].score(&clean[m]), n, m)); } }
        best.sort_by(|a, b| b.0.total_cmp(&a.0));
        println!("clean {:?}", &best[..20]);
        let mut twins: Vec<f32> = (0..set.each).map(|n| { let s = shots(&set, set.clean + n * 8 + 6).1; look(&s[0].picture, &s[0].facts, None).print.score(&look(&s[1].picture, &s[1].facts, None).print) }).collect();
        twins.sort_by(f32::total_cmp);
        println!("twins {twins:?}");
        return;
    }
    if rest[0] == "all" {
        let rates = measure(&set);
        println!("{rates}\nfalse alarms: {:?}\nbeside: {:?}", rates.false_alarms, rates.beside);
        for (planted, _, _, missed) in &rates.found { println!("missed {planted:?}: {missed:?}"); }
        return;
    }
    for n in rest {
        let n: usize = n.parse().unwrap();
        let (planted, shots) = shots(&set, n);
        let shot = &shots[0];
        println!("{n} {planted:?} {:?} {:?} {}x{}", shot.paper, look(&shot.picture, &shot.facts, shot.face).findings, shot.picture.width, shot.picture.height);
        let mut out = format!("P6\n{} {}\n255\n", shot.picture.width, shot.picture.height).into_bytes();
        out.extend_from_slice(&shot.picture.rgb);
        std::fs::write(format!("/tmp/w/tt-chk/{n}.ppm"), out).unwrap();
    }
}
