"""The places that are kept in memory, against what the room has of them now."""

from dataclasses import replace
from functools import partial

from crt_console.domain.places import Place
from crt_console.store.gazetteer import Gazetteer
from crt_console.store.lists import put_places
from tests.support.acts import opened

KNOWN = Place(id="p1", name="Known St", key="", lat=41.7, lon=-72.6, neighbourhood="North")


def test_a_place_that_was_corrected_is_found_where_it_is(database_url: str) -> None:
    gazetteer = Gazetteer()
    with opened(database_url) as database:
        for lat in (41.7, 41.8):
            database.write(partial(put_places, found=[replace(KNOWN, lat=lat)]))
            found = database.read(partial(gazetteer.find, text="known", limit=3))

            assert [place.lat for place in found] == [lat]
