//! States coloured by what is answered of them, places of events as marks.
use super::world::{HEIGHT, WIDTH, WORLD, spot};
use super::{Link, Picture, Target, legend, short, text, timeline, told};
use crate::atlas::MapRow;
use chancery_core::ask::Answer;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Names are written beside the seats of so many states at most.
const NAMED: usize = 40;

/// The picture of a map; `home`: the state or territory of the actor that was asked for.
pub fn map(title: &str, home: Option<&str>, rows: &[MapRow], link: Link<'_>) -> Picture {
    let mut body = String::new();
    let mut by_state: BTreeMap<&str, Vec<&MapRow>> = BTreeMap::new();
    for r in rows.iter().filter(|r| r.answer.is_some()) {
        if let Some(s) = &r.state {
            by_state.entry(s).or_default().push(r);
        }
    }
    let mut land = String::new();
    let plain = |id: &str| !by_state.contains_key(id) && home != Some(id);
    for (_, path) in WORLD.iter().filter(|(id, _)| plain(id)) {
        let _ = write!(land, "<path d=\"{path}\"/>");
    }
    let _ = write!(body, "<g class=\"land\">{land}</g>");
    if let Some((id, path)) = home.and_then(|id| WORLD.get_key_value(id))
        && !by_state.contains_key(id.as_str())
    {
        let _ = write!(body, "<path class=\"home\" d=\"{path}\"/>");
    }
    let mut dots = String::new();
    for (id, here) in &by_state {
        let (answer, disputed) = (strongest(here), here.iter().any(|r| r.conflict));
        let outline = WORLD.get(*id);
        let shape = |class: &str| match (outline, here[0].lat.zip(here[0].lon)) {
            (Some(path), _) => format!("<path class=\"{class}\" d=\"{path}\"/>"),
            // Too small for the map: a dot where its capital is.
            (None, Some((lat, lon))) => {
                let (x, y) = spot(lat, lon);
                format!("<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>")
            }
            (None, None) => String::new(),
        };
        let mut shapes = shape(answer.as_str());
        if answer == Answer::Possibly {
            shapes += &shape("spots");
        }
        if disputed {
            shapes += &shape("over");
        }
        let says: Vec<String> = here.iter().map(|r| line(r)).collect();
        let (Some(s), Some(o)) = (&here[0].subject, &here[0].object) else { continue };
        let out = if outline.is_some() { &mut body } else { &mut dots };
        told(out, link(Target::Pair(&s.id, &o.id)), &says.join("; "), &shapes);
    }
    body += &dots;
    names(&mut body, &by_state);
    marks(&mut body, rows, link);

    let mut y = HEIGHT + 18.0;
    if rows.is_empty() {
        text(&mut body, "key", 12.0, y, "Nothing is said of it on this day.");
        y += 22.0;
    }
    legend(&mut body, 12.0, y, &[("yes", "yes"), ("possibly", "possibly"), ("no", "no"), ("yes disputed", "disputed")]);
    if rows.iter().any(|r| r.answer.is_none()) {
        legend(&mut body, 400.0, y, &[("mark", "events of the twelve months before, at their places")]);
    }
    y += 22.0;
    text(
        &mut body,
        "key",
        12.0,
        y,
        "Borders are those of the map’s makers (Natural Earth, 1:110 million), no word on whose land it is.",
    );
    let nowhere = rows.iter().filter(|r| r.lat.is_none() && r.state.as_deref().is_none_or(|s| !WORLD.contains_key(s)));
    let nowhere = nowhere.count();
    if nowhere > 0 {
        y += 22.0;
        let s = if nowhere == 1 { " has" } else { "s have" };
        text(&mut body, "key", 12.0, y, &format!("{nowhere} row{s} no place on the map; the table has all."));
    }
    Picture {
        width: WIDTH as u32,
        height: (y + 16.0) as u32,
        title: title.into(),
        told: format!("{} states and territories with an answer; the rows are in the table.", by_state.len()),
        body,
    }
}

/// What colours a state of which several things are said: what holds, before what may hold, before what does not.
fn strongest(rows: &[&MapRow]) -> Answer {
    let any = |a: Answer| rows.iter().any(|r| r.answer == Some(a));
    [Answer::Yes, Answer::Possibly].into_iter().find(|a| any(*a)).unwrap_or(Answer::No)
}

fn line(r: &MapRow) -> String {
    let name = |p: &Option<chancery_core::ask::PartyRef>| p.as_ref().map_or("?", |p| p.label.as_str()).to_string();
    let value = crate::words::value(&r.value);
    format!(
        "{} → {}: {}{}{}; {} source{}",
        name(&r.subject),
        name(&r.object),
        r.answer.map_or(String::new(), |a| a.as_str().to_string()),
        if value.is_empty() { value } else { format!(" ({value})") },
        if r.conflict { ", disputed" } else { "" },
        r.sources,
        if r.sources == 1 { "" } else { "s" }
    )
}

/// Names beside the seats, where none covers another.
fn names(out: &mut String, by_state: &BTreeMap<&str, Vec<&MapRow>>) {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let mut all: Vec<(&str, &Vec<&MapRow>)> = by_state.iter().map(|(s, r)| (*s, r)).collect();
    all.sort_by_key(|(s, r)| (usize::MAX - r.iter().map(|r| r.sources).sum::<usize>(), *s));
    for (state, rows) in all {
        let Some((lat, lon)) = rows[0].lat.zip(rows[0].lon) else { continue };
        let party = [&rows[0].subject, &rows[0].object].into_iter().flatten();
        let Some(label) = party.clone().find(|p| p.id == state).or(party.clone().next()).map(|p| short(&p.label, 22))
        else {
            continue;
        };
        let (x, y) = spot(lat, lon);
        let half = label.chars().count() as f64 * 2.9 + 3.0;
        let x = x.clamp(half, WIDTH - half);
        if taken.len() >= NAMED || taken.iter().any(|(a, b, h)| (a - x).abs() < half + h && (b - y).abs() < 12.0) {
            continue;
        }
        taken.push((x, y, half));
        text(out, "place", x, y + 14.0, &label);
    }
}

/// Events: a mark a place, larger where there are more.
fn marks(out: &mut String, rows: &[MapRow], link: Link<'_>) {
    let mut spots: BTreeMap<(i64, i64), Vec<&MapRow>> = BTreeMap::new();
    for r in rows.iter().filter(|r| r.answer.is_none()) {
        if let Some((lat, lon)) = r.lat.zip(r.lon) {
            spots.entry(((lat * 100.0) as i64, (lon * 100.0) as i64)).or_default().push(r);
        }
    }
    for here in spots.values() {
        let (Some(lat), Some(lon)) = (here[0].lat, here[0].lon) else { continue };
        let (x, y) = spot(lat, lon);
        let temper = here.iter().map(|r| timeline::temper(&r.predicate)).max().unwrap_or_default();
        let class = temper.1;
        let radius = 3.5 + (here.len() as f64).sqrt().min(6.0);
        let says: Vec<String> = here.iter().take(6).map(|r| event_line(r)).collect();
        let more = if here.len() > 6 { format!(" and {} more", here.len() - 6) } else { String::new() };
        let shape = format!("<circle class=\"mark {class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>");
        told(out, link(Target::Claims(&here[0].claims)), &format!("{}{more}", says.join("; ")), &shape);
    }
}

fn event_line(r: &MapRow) -> String {
    let name = |p: &Option<chancery_core::ask::PartyRef>| p.as_ref().map_or("?", |p| p.label.as_str()).to_string();
    let when = r.when.as_deref().unwrap_or_default();
    let place = r.place.as_deref().unwrap_or_default();
    format!("{place}, {when}: {} → {}: {}", name(&r.subject), name(&r.object), r.predicate)
}
