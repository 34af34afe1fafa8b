//! Who is tied to whom: circles and lines, laid out by pushing and pulling. The same ties always give the same picture.
use super::{Link, Picture, Target, legend, middle, short, text, told};
use chancery_core::ask::{Answer, EdgeRow};
use std::collections::HashMap;
use std::f64::consts::TAU;
use std::fmt::Write;

/// More actors than this are left to the table, those with the fewest ties first.
const MOST: usize = 60;
const WIDTH: f64 = 1040.0;
const ROUNDS: usize = 260;

/// The picture of a network around some actors (by their ids).
pub fn network(title: &str, center: &[String], edges: &[EdgeRow], link: Link<'_>) -> Picture {
    let mut nodes: Vec<(&str, &str, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for p in edges.iter().flat_map(|e| [&e.subject, &e.object]) {
        let n = *places.entry(&p.id).or_insert_with(|| {
            nodes.push((&p.id, &p.label, 0));
            nodes.len() - 1
        });
        nodes[n].2 += 1;
    }
    let is_center = |id: &str| center.iter().any(|c| c == id);
    let all = nodes.len();
    nodes.sort_by_key(|(id, _, ties)| (!is_center(id), usize::MAX - ties, id.to_string()));
    nodes.truncate(MOST);
    let places: HashMap<&str, usize> = nodes.iter().enumerate().map(|(n, (id, _, _))| (*id, n)).collect();
    // Ties between the same two lie beside each other.
    let mut lines: Vec<(usize, usize, Vec<&EdgeRow>)> = Vec::new();
    for e in edges {
        let (Some(a), Some(b)) = (places.get(e.subject.id.as_str()), places.get(e.object.id.as_str())) else {
            continue;
        };
        match lines.iter_mut().find(|(x, y, _)| (x, y) == (a, b) || (x, y) == (b, a)) {
            Some(l) => l.2.push(e),
            None => lines.push((*a, *b, vec![e])),
        }
    }
    let height = (320.0 + nodes.len() as f64 * 13.0).min(900.0);
    let spots = layout(nodes.len(), &lines, height);
    let mut body = String::new();
    for (a, b, ties) in &lines {
        let (p, q) = (spots[*a], spots[*b]);
        let (dx, dy) = (q.0 - p.0, q.1 - p.1);
        let long = (dx * dx + dy * dy).sqrt().max(1.0);
        let mut kinds: Vec<&str> = ties.iter().map(|e| e.predicate.as_str()).collect();
        kinds.dedup();
        let mut shapes = String::new();
        for (k, e) in ties.iter().take(4).enumerate() {
            let shift = (k as f64 - (ties.len().min(4) as f64 - 1.0) / 2.0) * 4.0;
            let (ox, oy) = (-dy / long * shift, dx / long * shift);
            let maybe = if e.answer == Answer::Possibly { " maybe" } else { "" };
            let _ = write!(
                shapes,
                "<line class=\"tie {}{maybe}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
                temper(&e.predicate),
                p.0 + ox,
                p.1 + oy,
                q.0 + ox,
                q.1 + oy
            );
        }
        let says: Vec<String> = ties
            .iter()
            .map(|e| {
                let possibly = if e.answer == Answer::Possibly { " (possibly)" } else { "" };
                format!("{} → {}: {}{possibly}", e.subject.label, e.object.label, e.predicate)
            })
            .collect();
        told(&mut body, link(Target::Pair(nodes[*a].0, nodes[*b].0)), &says.join("; "), &shapes);
        if lines.len() <= 24 {
            let (mx, my) = (p.0 + dx * 0.5, p.1 + dy * 0.5 - 4.0);
            text(&mut body, "tie-name", mx, my, &short(&kinds.join(", "), 28));
        }
    }
    for (n, (id, label, ties)) in nodes.iter().enumerate() {
        let (x, y) = spots[n];
        let r = if is_center(id) { 11.0 } else { 5.0 + (*ties as f64).sqrt().min(5.0) };
        let class = if is_center(id) { "node center" } else { "node" };
        let shapes = format!("<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\"/>");
        let says = format!("{label}: {ties} tie{}", if *ties == 1 { "" } else { "s" });
        told(&mut body, link(Target::Actor(id)), &says, &shapes);
        // Beside the link: a name cut short is not what the link is called.
        let class = if is_center(id) { "name strong" } else { "name" };
        text(&mut body, class, x, y + r + 14.0, &middle(label, 28));
    }
    let mut y = height + 26.0;
    if nodes.is_empty() {
        text(&mut body, "key", 12.0, 40.0, "Nobody is tied to it on this day.");
    }
    let keys = [
        ("swatch formal", "recognition, missions, membership"),
        ("swatch warm", "alliance"),
        ("swatch cold", "hostility, sanctions, designation"),
        ("swatch other", "other"),
    ];
    legend(&mut body, 12.0, y, &keys);
    if all > nodes.len() {
        y += 22.0;
        text(&mut body, "key", 12.0, y, &format!("{} more actors are in the table.", all - nodes.len()));
    }
    Picture {
        width: WIDTH as u32,
        height: (y + 16.0) as u32,
        title: title.into(),
        told: format!("{all} actors and {} ties; the rows are in the table.", edges.len()),
        body,
    }
}

/// Of what temper a tie is.
fn temper(predicate: &str) -> &'static str {
    match predicate {
        "recognition" | "relations" | "mission" | "membership" | "office" => "formal",
        "alliance" | "faction" => "warm",
        "hostility" | "sanction" | "designation" | "reward" | "defection" => "cold",
        _ => "other",
    }
}

/// Places by pushing all apart and pulling the tied together (Fruchterman and Reingold), begun on a circle.
fn layout(n: usize, lines: &[(usize, usize, Vec<&EdgeRow>)], height: f64) -> Vec<(f64, f64)> {
    let (cx, cy) = (WIDTH / 2.0, height / 2.0);
    let mut at: Vec<(f64, f64)> = (0..n)
        .map(|i| {
            if i == 0 {
                return (cx, cy);
            }
            let angle = TAU * (i as f64 - 1.0) / (n as f64 - 1.0).max(1.0);
            (cx + angle.cos() * WIDTH * 0.3, cy + angle.sin() * height * 0.34)
        })
        .collect();
    let ideal = (WIDTH * height / n.max(1) as f64).sqrt() * 0.62;
    for round in 0..ROUNDS {
        let heat = 40.0 * (1.0 - round as f64 / ROUNDS as f64) + 0.5;
        let mut push = vec![(0.0, 0.0); n];
        for i in 0..n {
            for j in 0..i {
                let (dx, dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
                let d2 = (dx * dx + dy * dy).max(1.0);
                let f = ideal * ideal / d2;
                push[i] = (push[i].0 + dx * f, push[i].1 + dy * f);
                push[j] = (push[j].0 - dx * f, push[j].1 - dy * f);
            }
        }
        for (a, b, _) in lines {
            let (dx, dy) = (at[*a].0 - at[*b].0, at[*a].1 - at[*b].1);
            let f = (dx * dx + dy * dy).sqrt() / ideal;
            push[*a] = (push[*a].0 - dx * f, push[*a].1 - dy * f);
            push[*b] = (push[*b].0 + dx * f, push[*b].1 + dy * f);
        }
        // The first is the one asked for: it stays in the middle.
        for i in 1..n {
            let (dx, dy) = push[i];
            let d = (dx * dx + dy * dy).sqrt().max(0.01);
            at[i].0 = (at[i].0 + dx / d * d.min(heat)).clamp(90.0, WIDTH - 90.0);
            at[i].1 = (at[i].1 + dy / d * d.min(heat)).clamp(24.0, height - 34.0);
        }
    }
    at
}
