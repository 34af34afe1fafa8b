//! Two actors over time: one lane a standing, a staircase for the mission's rank, and the events as marks.
//!
//! ```text
//!   recognition   A -> B  |  :::::::|===========|#####|          |
//!   mission       A -> B  |            __embassy__|              |
//!                         |  __legation|          |____none      |
//!   conflict              |       o     o  oo            ( o )   |    ( ) = somewhere in here
//!                           1990        2000        2010
//! ```
use super::scale::Scale;
use super::{Link, Picture, Target, legend, middle, short, text, told};
use crate::words;
use chancery_core::ask::{Answer, Lane, TimelineRow, ranks};
use chancery_core::ledger::Days;
use chancery_core::values::{Modality, Polarity};
use jiff::civil::Date;
use serde_json::Value;
use std::fmt::Write;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Story {
    pub title: String,
    pub lanes: Vec<Lane>,
    /// Changes in rank of the missions, a list a direction.
    pub missions: Vec<Vec<TimelineRow>>,
    /// Everything told; the events among it become marks.
    pub rows: Vec<TimelineRow>,
    /// A day to be marked.
    pub at: Option<Date>,
}

const WIDTH: f64 = 1040.0;
const LEFT: f64 = 262.0;
const LANE: f64 = 40.0;
const STEP: f64 = 17.0;
const ROW: f64 = 15.0;

const EVENTS: [(&str, &str, &[&str]); 4] = [
    ("Words of cooperation", "talk", &["agree", "consult", "support"]),
    ("Acts of cooperation", "help", &["cooperate", "aid", "concede", "retreat"]),
    ("Words of conflict", "quarrel", &["request", "accuse", "reject", "threaten"]),
    ("Acts of conflict", "fight", &["protest", "sanction", "mobilize", "coerce", "assault"]),
];

/// The picture; one that says so where there is nothing to draw.
pub fn timeline(story: &Story, link: Link<'_>) -> Picture {
    let lanes: Vec<&Lane> = story.lanes.iter().filter(|l| l.predicate != "mission").collect();
    let events: Vec<&TimelineRow> = story.rows.iter().filter(|r| is_event(r)).collect();
    let mut days: Vec<Date> = Vec::new();
    for s in lanes.iter().flat_map(|l| &l.stretches) {
        days.extend([Some(s.from), s.to].into_iter().flatten());
    }
    for r in story.missions.iter().flatten().chain(events.iter().copied()) {
        let (from, to) = bounds(r);
        days.extend([from, to].into_iter().flatten().flat_map(|(a, b)| [a, b]));
    }
    if !days.is_empty() {
        days.extend(story.at);
    }
    let Some(scale) = Scale::over(days, LEFT, WIDTH - LEFT - 16.0) else { return empty(&story.title) };
    let mut body = String::new();
    let mut y = 34.0;
    for lane in &lanes {
        standing(&mut body, &scale, y, lane, link);
        y += LANE;
    }
    for steps in story.missions.iter().filter(|m| m.iter().any(|r| r.from.is_some())) {
        y += staircase(&mut body, &scale, y, steps, link);
    }
    for (name, class, ids) in EVENTS {
        let rows: Vec<&TimelineRow> = events.iter().filter(|r| ids.contains(&r.predicate.as_str())).copied().collect();
        if !rows.is_empty() {
            y += marks(&mut body, &scale, y, name, class, &rows, link);
        }
    }
    let mut grid = String::new();
    for (d, words) in scale.ticks() {
        let x = scale.x(d);
        let _ = write!(grid, "<line class=\"tick\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"26\" y2=\"{:.1}\"/>", y + 2.0);
        text(&mut grid, "year", x, 18.0, &words);
    }
    if let Some(at) = story.at.filter(|d| *d >= scale.from && *d <= scale.to) {
        let x = scale.x(at);
        let _ = write!(body, "<line class=\"now\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"22\" y2=\"{:.1}\"/>", y + 2.0);
        let anchor = if x > WIDTH - 90.0 { "at end" } else { "at" };
        text(&mut body, anchor, if x > WIDTH - 90.0 { x - 4.0 } else { x + 4.0 }, y + 14.0, &at.to_string());
    }
    y += 40.0;
    let keys = [
        ("yes", "holds"),
        ("possibly", "possibly"),
        ("no", "does not hold"),
        ("yes disputed", "sources disagree"),
        ("mark", "event"),
        ("mark hollow", "denied or not yet real"),
    ];
    legend(&mut body, 12.0, y, &keys);
    let n = |n: usize, of: &str| format!("{n} {of}{}", if n == 1 { "" } else { "s" });
    Picture {
        width: WIDTH as u32,
        height: (y + 14.0) as u32,
        title: story.title.clone(),
        told: format!(
            "From {} to {}: {}, {}. The rows are in the table.",
            scale.from,
            scale.to,
            n(lanes.len(), "standing"),
            n(events.len(), "event")
        ),
        body: grid + &body,
    }
}

fn empty(title: &str) -> Picture {
    let mut body = String::new();
    text(&mut body, "key", 12.0, 34.0, "Nothing with a date is told.");
    Picture { width: WIDTH as u32, height: 60, title: title.into(), told: "Nothing with a date is told.".into(), body }
}

/// An event has no phase, and is no change of rank.
fn is_event(r: &TimelineRow) -> bool {
    r.phase.is_none() && EVENTS.iter().any(|(_, _, ids)| ids.contains(&r.predicate.as_str()))
}

/// Of what temper an event is, and the class its marks are drawn with; from talk to fight.
pub fn temper(predicate: &str) -> (usize, &'static str) {
    let found = EVENTS.iter().position(|(_, _, ids)| ids.contains(&predicate));
    found.map_or((0, "other"), |n| (n + 1, EVENTS[n].1))
}

type Bounds = Option<(Date, Date)>;

fn bounds(r: &TimelineRow) -> (Bounds, Bounds) {
    let of = |d: &Option<String>| d.as_deref().and_then(|d| Days::of(d).from);
    (of(&r.from), of(&r.to))
}

fn heading(out: &mut String, y: f64, name: &str, below: &str) {
    text(out, "lane", 12.0, y + 13.0, &short(name, 32));
    text(out, "whom", 12.0, y + 28.0, below);
}

fn standing(out: &mut String, scale: &Scale, y: f64, lane: &Lane, link: Link<'_>) {
    let _ = write!(out, "<line class=\"rule\" x1=\"12\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>");
    let values: Vec<&str> = lane.value.values().filter_map(Value::as_str).collect();
    let name = match values.is_empty() {
        true => lane.predicate.clone(),
        false => format!("{} ({})", lane.predicate, values.join(", ")),
    };
    let ends = format!("{} → {}", lane.subject.label, lane.object.label);
    heading(out, y + 2.0, &name, &middle(&ends, 38));
    for s in &lane.stretches {
        let (x, end) = (scale.x(s.from), scale.x(s.to.and_then(|d| d.tomorrow().ok()).unwrap_or(scale.to)));
        // What lasted a day is still to be seen and hit.
        let width = (end - x).max(3.0);
        let rect = |class: &str| {
            format!(
                "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"22\" rx=\"2\"/>",
                y + 9.0
            )
        };
        let mut shapes = rect(s.answer.as_str());
        if s.answer == Answer::Possibly {
            shapes += &rect("spots");
        }
        if s.conflict {
            shapes += &rect("over");
        }
        let title = format!(
            "{name}, {ends}: {}{} from {} {}{}",
            s.answer.as_str(),
            if s.conflict { " (sources disagree)" } else { "" },
            s.from,
            s.to.map_or("on".into(), |t| format!("to {t}")),
            told_value(&s.value),
        );
        told(out, link(Target::Claims(&s.claims)), &title, &shapes);
    }
}

fn told_value(m: &serde_json::Map<String, Value>) -> String {
    let v = words::value(m);
    if v.is_empty() { v } else { format!("; {v}") }
}

/// The mission's rank; gives the height it took.
fn staircase(out: &mut String, scale: &Scale, y: f64, steps: &[TimelineRow], link: Link<'_>) -> f64 {
    let rank = |r: &TimelineRow| r.value.as_str().unwrap_or("none").to_string();
    let mut levels: Vec<String> = steps.iter().map(rank).chain(["none".to_string()]).collect();
    levels.sort_by_key(|l| ranks::SCALE.iter().position(|x| *x == l).unwrap_or(usize::MAX));
    levels.dedup();
    let height = (levels.len() as f64 * STEP + 24.0).max(LANE);
    let _ = write!(out, "<line class=\"rule\" x1=\"12\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>");
    if let Some(r) = steps.first() {
        let name = |p: &Option<chancery_core::ask::PartyRef>| p.as_ref().map_or("?".into(), |p| p.label.clone());
        heading(out, y + 2.0, "mission", &middle(&format!("{} → {}", name(&r.subject), name(&r.object)), 27));
    }
    let at = |level: &str| {
        let n = levels.iter().position(|l| l == level).unwrap_or(0);
        y + 15.0 + n as f64 * STEP
    };
    for level in &levels {
        text(out, "rank", LEFT - 6.0, at(level) + 4.0, &level.replace('_', " "));
        let ly = at(level);
        let _ = write!(out, "<line class=\"level\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{ly:.1}\" y2=\"{ly:.1}\"/>");
    }
    let dated: Vec<(&TimelineRow, (Date, Date))> = steps.iter().filter_map(|r| Some((r, bounds(r).0?))).collect();
    let mut before: Option<(f64, f64)> = None;
    for (n, (r, (lo, hi))) in dated.iter().enumerate() {
        let ly = at(&rank(r));
        let (x0, x1) = (scale.x(*lo), scale.x(*hi));
        let end = dated.get(n + 1).map_or(scale.x(scale.to), |(_, (lo, _))| scale.x(*lo)).max(x1);
        let mut shapes = String::new();
        let (px, py) = before.unwrap_or((x0, ly));
        let unsure = x1 - x0 > 3.0;
        let class = if unsure { "step unsure" } else { "step" };
        let _ = write!(shapes, "<path class=\"{class}\" d=\"M{px:.1} {py:.1}L{x0:.1} {py:.1}L{x1:.1} {ly:.1}\"/>");
        let class = if r.conflict { "step contested" } else { "step" };
        let _ = write!(shapes, "<path class=\"{class}\" d=\"M{x1:.1} {ly:.1}H{end:.1}\"/>");
        let _ = write!(shapes, "<circle class=\"knot\" cx=\"{:.1}\" cy=\"{ly:.1}\" r=\"4.5\"/>", (x0 + x1) / 2.0);
        let title = format!(
            "{} from {}{}{}",
            rank(r).replace('_', " "),
            r.from.as_deref().unwrap_or("?"),
            r.to.as_ref().map_or(String::new(), |t| format!(" to {t}")),
            if r.conflict { " (sources disagree)" } else { "" }
        );
        told(out, link(Target::Claims(&r.claims)), &title, &shapes);
        before = Some((end, ly));
    }
    height
}

/// Marks of one kind of event; gives the height they took.
fn marks(
    out: &mut String,
    scale: &Scale,
    y: f64,
    name: &str,
    class: &str,
    rows: &[&TimelineRow],
    link: Link<'_>,
) -> f64 {
    const TIERS: usize = 6;
    let mut ends: Vec<f64> = Vec::new();
    let mut shapes = String::new();
    for r in rows {
        let (Some((lo, hi)), to) = bounds(r) else { continue };
        let (x0, x1) = (scale.x(lo), scale.x(to.map_or(hi, |t| t.1)));
        let (from, until) = (x0.min((x0 + x1) / 2.0 - 6.0), x1.max((x0 + x1) / 2.0 + 6.0));
        // The first tier with room; when all are full they lie over each other.
        let tier = ends.iter().position(|e| *e <= from).unwrap_or(ends.len()).min(TIERS - 1);
        match ends.get_mut(tier) {
            Some(e) => *e = until.max(*e),
            None => ends.push(until),
        }
        let cy = y + 14.0 + tier as f64 * ROW;
        let real = r.modality == Modality::Asserted && r.polarity == Polarity::Yes;
        let mut mark = String::new();
        if x1 - x0 > 3.0 {
            let _ = write!(
                mark,
                "<rect class=\"range {class}\" x=\"{x0:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"10\" rx=\"5\"/>",
                cy - 5.0,
                x1 - x0
            );
        }
        let hollow = if real { "" } else { " hollow" };
        let contested = if r.conflict { " contested" } else { "" };
        let cx = (x0 + x1) / 2.0;
        let _ =
            write!(mark, "<circle class=\"mark {class}{hollow}{contested}\" cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"5\"/>");
        let party = |p: &Option<chancery_core::ask::PartyRef>| p.as_ref().map_or(String::new(), |p| p.label.clone());
        let ends = [party(&r.subject), party(&r.object)].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>();
        let title = format!(
            "{}: {} {}{}{}",
            r.from.as_deref().unwrap_or("?"),
            words::deed(&r.predicate, r.phase, r.modality, r.polarity),
            ends.join(" → "),
            r.value.as_object().map_or(String::new(), told_value),
            if r.conflict { " (sources disagree)" } else { "" }
        );
        told(&mut shapes, link(Target::Claims(&r.claims)), &title, &mark);
    }
    if ends.is_empty() {
        return 0.0;
    }
    let _ = write!(out, "<line class=\"rule\" x1=\"12\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>");
    let count = rows.len();
    heading(out, y + 2.0, name, &format!("{count} told"));
    out.push_str(&shapes);
    (ends.len() as f64 * ROW + 14.0).max(LANE)
}
