//! Where a city is: a gazetteer of names, coordinates and countries (`data/places/*.tsv`, from GeoNames, CC BY 4.0).
//!
//! It tells which country a place named beside an act lies in ("its consulate in Herat"), and answers
//! `chancery places`. The country is the list's own; whose a disputed place is remains for claims to say.
use super::actors::{Table, norm};
use crate::knowledge::DataFiles;
use crate::values::{Finding, Level};

/// A city or town.
#[derive(Debug, Clone, PartialEq)]
pub struct City {
    pub name: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// ISO 3166-1 alpha-3 code of the country under which it is listed.
    pub country: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    pub population: u64,
    /// The list names it as the seat of a government.
    pub capital: bool,
}

/// All cities, by their folded names.
#[derive(Debug, Default)]
pub struct Places {
    cities: Vec<City>,
    by_name: Table<String, Vec<u32>>,
}

const COLUMNS: &str = "name, also, country, lat, lon, population, capital: seven, tabs between";

impl Places {
    /// Reads `places/*.tsv`; a bad line is a finding with its number, and left out.
    pub fn load(data: &DataFiles) -> (Places, Vec<Finding>) {
        let mut out = Places::default();
        let mut findings = Vec::new();
        for (path, text) in data.below("places/") {
            let lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
            for (n, line) in lines.skip(1) {
                match city(line) {
                    Ok(city) => out.add(city),
                    Err(what) => findings.push(Finding::new(
                        Level::Error,
                        format!("{path}:{}", n + 1),
                        what,
                        format!("a line is {COLUMNS}; this one was left out"),
                    )),
                }
            }
        }
        for found in out.by_name.values_mut() {
            found.sort_by_key(|ix| std::cmp::Reverse(out.cities[*ix as usize].population));
            found.dedup();
        }
        (out, findings)
    }

    fn add(&mut self, city: City) {
        let ix = self.cities.len() as u32;
        for name in std::iter::once(&city.name).chain(&city.also) {
            self.by_name.entry(key(name)).or_default().push(ix);
        }
        self.cities.push(city);
    }

    /// The cities of a name, whatever its accents and capitals, the most populous first.
    pub fn find(&self, name: &str) -> Vec<&City> {
        let found = self.by_name.get(&key(name)).map_or(&[][..], Vec::as_slice);
        found.iter().map(|ix| &self.cities[*ix as usize]).collect()
    }

    /// The city that a name stands for in a text: one in a country that the text speaks of, else one that has no
    /// namesake abroad a third its size.
    pub fn choose(&self, name: &str, spoken_of: impl Fn(&str) -> bool) -> Option<&City> {
        let found = self.find(name);
        if let Some(city) = found.iter().find(|c| spoken_of(&c.country)) {
            return Some(city);
        }
        let first = *found.first()?;
        let rival = found.iter().find(|c| c.country != first.country);
        rival.is_none_or(|r| r.population * 3 < first.population).then_some(first)
    }

    /// The seat of the government of a country (alpha-3 code), as the gazetteer has it; the most populous of several.
    pub fn capital(&self, country: &str) -> Option<&City> {
        self.cities.iter().filter(|c| c.capital && c.country == country).max_by_key(|c| c.population)
    }

    /// All cities, in the order of the files.
    pub fn all(&self) -> impl Iterator<Item = &City> {
        self.cities.iter()
    }

    /// How many cities.
    pub fn len(&self) -> usize {
        self.cities.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cities.is_empty()
    }
}

/// A name without accents and capitals, and "St Petersburg" as "Saint Petersburg".
fn key(name: &str) -> String {
    let name = norm(name);
    let rest = ["st. ", "st "].iter().find_map(|s| name.strip_prefix(s));
    rest.map_or_else(|| name.clone(), |r| format!("saint {r}"))
}

fn city(line: &str) -> Result<City, String> {
    let f: Vec<&str> = line.split('\t').collect();
    let &[name, also, country, lat, lon, population, capital] = f.as_slice() else {
        return Err(format!("{} columns", f.len()));
    };
    let degrees = |field: &str, text: &str, most: f64| {
        let value = text.parse::<f64>().ok().filter(|d| d.abs() <= most);
        value.ok_or_else(|| format!("field {field}: {text:?} is no number of degrees up to {most}"))
    };
    if name.trim().is_empty() {
        return Err("field name: empty".into());
    }
    if country.len() != 3 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(format!("field country: {country:?} is no three-letter code (ISO 3166-1 alpha-3)"));
    }
    Ok(City {
        name: name.trim().to_owned(),
        also: also.split('|').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect(),
        country: country.to_owned(),
        lat: degrees("lat", lat, 90.0)?,
        lon: degrees("lon", lon, 180.0)?,
        population: population.parse().map_err(|_| format!("field population: {population:?} is no whole number"))?,
        capital: match capital.trim() {
            "yes" => true,
            "" => false,
            other => return Err(format!("field capital: {other:?} is neither yes nor empty")),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(lines: &str) -> (Places, Vec<Finding>) {
        let text = format!("name\talso\tcountry\tlat\tlon\tpopulation\tcapital\n{lines}");
        Places::load(&DataFiles::of([("places/x.tsv".to_owned(), text)]))
    }

    #[test]
    fn the_programs_own_places_are_sound() {
        let (places, findings) = Places::load(&DataFiles::embedded());
        assert!(findings.is_empty(), "{findings:?}");
        assert!(places.len() > 9_000);
        assert_eq!(places.choose("herat", |_| false).map(|c| c.country.as_str()), Some("AFG"));
        assert!(places.find("Kabul").first().is_some_and(|c| c.capital && (c.lat - 34.5).abs() < 0.1));
    }

    #[test]
    fn a_saint_is_one_however_written() {
        let (p, _) = Places::load(&DataFiles::embedded());
        for name in ["St Petersburg", "St. Petersburg", "Saint Petersburg"] {
            assert_eq!(p.find(name)[0].country, "RUS", "{name}");
        }
    }

    #[test]
    fn a_namesake_is_chosen_by_what_the_text_speaks_of() {
        let (p, f) = places(
            "Tripoli\t\tLBY\t32.9\t13.2\t1100000\tyes\nTripoli\tTarabulus\tLBN\t34.4\t35.8\t700000\t\nGoma\t\tCOD\t-1.7\t29.2\t430000\t\n",
        );
        assert!(f.is_empty());
        let country = |name: &str, of: &str| p.choose(name, |c| c == of).map(|c| c.country.clone());
        assert_eq!(country("Tripoli", ""), None);
        assert_eq!(country("Tripoli", "LBN").as_deref(), Some("LBN"));
        assert_eq!(country("tarábulus", "").as_deref(), Some("LBN"));
        assert_eq!(country("Goma", "").as_deref(), Some("COD"));
    }

    #[test]
    fn bad_lines_are_told_by_field() {
        let (p, f) = places("Nowhere\t\tXX\t1\t1\t1\t\nFar\t\tFRA\t91\t1\t1\t\nShort\tFRA\n");
        assert!(p.is_empty());
        let told: Vec<String> = f.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3);
        assert!(told[0].contains("places/x.tsv:2") && told[0].contains("field country"), "{}", told[0]);
        assert!(told[1].contains("field lat") && told[2].contains("2 columns"), "{told:?}");
    }
}
