//! The shapes of states and territories on a flat map.
//!
//! The shapes are Natural Earth's (1:110 million, public domain) as TopoJSON; the map keeps areas true (Equal Earth:
//! B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", IJGIS 33(3), 2019).
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

const SHAPES: &str = include_str!("../../assets/world/countries-110m.json");
const CODES: &str = include_str!("../../assets/world/codes.tsv");

/// The width of the map, and how much of the south is left out: nobody has an embassy in Antarctica.
pub const WIDTH: f64 = 1040.0;
pub const HEIGHT: f64 = 462.0;
const SCALE: f64 = WIDTH / 2.0 / 2.7066;
const TOP: f64 = 10.0;
const NORTH: f64 = 1.318;

/// The outline of a state or territory, as the data of an SVG path; by the id of its actor.
pub static WORLD: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| read(SHAPES, CODES).unwrap_or_default());

/// Where a place lies on the map: degrees north and east to units from the upper left.
pub fn spot(lat: f64, lon: f64) -> (f64, f64) {
    let (a1, a2, a3, a4) = (1.340264, -0.081106, 0.000893, 0.003796);
    let root = 3f64.sqrt();
    let t = (root / 2.0 * lat.to_radians().sin()).asin();
    let (t2, t6) = (t * t, t.powi(6));
    let x = 2.0 * root * lon.to_radians() * t.cos() / (3.0 * (9.0 * a4 * t6 * t2 + 7.0 * a3 * t6 + 3.0 * a2 * t2 + a1));
    let y = t * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1);
    (WIDTH / 2.0 + x * SCALE, TOP + (NORTH - y) * SCALE)
}

#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    arcs: Vec<Vec<[i32; 2]>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    countries: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    id: Option<String>,
    properties: Named,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// Rings of arcs; arc ~n is arc n walked from its end (TopoJSON, section 2.1.4).
#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i32>>),
    MultiPolygon(Vec<Vec<Vec<i32>>>),
}

fn read(shapes: &str, codes: &str) -> Result<BTreeMap<String, String>, serde_json::Error> {
    let world: Topology = serde_json::from_str(shapes)?;
    let lines = codes.lines().filter(|l| !l.starts_with('#')).skip(1);
    let ids: BTreeMap<&str, &str> = lines.filter_map(|l| l.split_once('\t')).collect();
    // Each arc is a first point and steps from there.
    let arcs: Vec<Vec<(f64, f64)>> = world.arcs.iter().map(|arc| places_of(arc, &world.transform)).collect();
    let mut out = BTreeMap::new();
    for g in &world.objects.countries.geometries {
        let name = g.id.as_deref().unwrap_or(&g.properties.name);
        let Some(id) = ids.get(name) else { continue };
        let rings: Vec<&Vec<i32>> = match &g.shape {
            Shape::Polygon(rings) => rings.iter().collect(),
            Shape::MultiPolygon(all) => all.iter().flatten().collect(),
        };
        let mut path = String::new();
        for ring in rings {
            trace(&mut path, ring, &arcs);
        }
        if *id != "ATA" {
            out.insert((*id).to_string(), path);
        }
    }
    Ok(out)
}

/// The places along an arc: degrees north and east.
fn places_of(arc: &[[i32; 2]], t: &Transform) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (0, 0);
    let steps = arc.iter().map(|[dx, dy]| {
        (x, y) = (x + dx, y + dy);
        let at = |n: i32, k: usize| f64::from(n) * t.scale[k] + t.translate[k];
        (at(y, 1), at(x, 0))
    });
    steps.collect()
}

/// Draws a ring; one that crosses the 180th meridian on both its sides.
fn trace(path: &mut String, ring: &[i32], arcs: &[Vec<(f64, f64)>]) {
    let mut places: Vec<(f64, f64)> = Vec::new();
    for n in ring {
        let back = *n < 0;
        let Some(arc) = arcs.get(if back { !*n } else { *n } as usize) else { continue };
        let mut arc = arc.clone();
        if back {
            arc.reverse();
        }
        for (lat, lon) in arc {
            // A step never goes the long way around the world.
            let turn = places.last().map_or(0.0, |(_, last)| ((last - lon) / 360.0).round() * 360.0);
            places.push((lat, lon + turn));
        }
    }
    let (east, west) = (places.iter().any(|p| p.1 > 180.0), places.iter().any(|p| p.1 < -180.0));
    draw(path, places.iter().map(|(lat, lon)| (*lat, lon.clamp(-180.0, 180.0))));
    if east || west {
        let turn = if east { -360.0 } else { 360.0 };
        draw(path, places.iter().map(|(lat, lon)| (*lat, (lon + turn).clamp(-180.0, 180.0))));
    }
}

fn draw(path: &mut String, places: impl Iterator<Item = (f64, f64)>) {
    let mut last = (f64::NAN, f64::NAN);
    let mut pen = 'M';
    for (x, y) in places.map(|(lat, lon)| spot(lat, lon)) {
        let here = ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0);
        if here != last {
            let _ = write!(path, "{pen}{} {}", here.0, here.1);
            (pen, last) = ('L', here);
        }
    }
    path.push('Z');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_has_an_actor_and_lies_on_the_map() {
        assert_eq!(WORLD.len(), 176, "177 shapes without Antarctica");
        for (id, path) in WORLD.iter() {
            let numbers = path.split(['M', 'L', 'Z', ' ']).filter(|s| !s.is_empty()).map(|s| s.parse::<f64>());
            let numbers: Vec<f64> = numbers.collect::<Result<_, _>>().expect("a path of numbers");
            assert!(numbers.len() >= 6 && numbers.len().is_multiple_of(2), "{id}");
            assert!(numbers.chunks(2).all(|p| (0.0..=WIDTH).contains(&p[0]) && (0.0..=HEIGHT).contains(&p[1])), "{id}");
        }
    }

    #[test]
    fn the_middle_of_the_world_is_the_middle_of_the_map() {
        let (x, y) = spot(0.0, 0.0);
        assert!((x - WIDTH / 2.0).abs() < 1e-9 && (y - TOP - NORTH * SCALE).abs() < 1e-9);
        // The equator is as long as the map is wide.
        let (east, west) = (spot(0.0, 180.0).0, spot(0.0, -180.0).0);
        assert!((east - WIDTH).abs() < 0.1 && west.abs() < 0.1);
    }

    #[test]
    fn damaged_shapes_are_an_error() {
        assert!(read("{\"arcs\": []}", CODES).is_err());
    }
}
