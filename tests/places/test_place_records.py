"""Incidents, activities, refuges, cameras and groups come in as all records do: kept, or set aside with every fault."""

from collections.abc import Callable
from datetime import datetime

import pytest

from whatworks.records.engine import Store
from whatworks.records.imports.importing import ImportReport
from whatworks.records.refusal import Refused
from whatworks.records.tables.place_tables import PLACE_TABLES

Take = Callable[..., ImportReport]
INCIDENT = "incident_id,kind,from_time"
SERVICE = "refuge_id,host_borough,units,places,from_date\nr1,B1,family_place,6,2020-01-01\n"
CAMERA = "camera_id,kind,duty\nc1,fixed,required\n"


@pytest.mark.parametrize(
    ("table", "header", "good", "bad", "field", "rule"),
    [
        ("incident", f"{INCIDENT},to_time", "a,asb,2024-01-01T10:00,2024-01-01T10:00",
         "b,asb,2024-01-01 10:00,2024-01-01 09:59", "to_time", "order"),
        ("incident", INCIDENT, "a,asb,2025-06-30 23:59:59", "b,asb,2025-07-01 00:00", "from_time", "after_as_at"),
        ("incident", INCIDENT, "a,asb,2024-01-01T00:00", "b,asb,2024-01-01", "from_time", "time"),
        ("incident", INCIDENT, "a,asb,2024-02-29T10:00Z", "b,asb,2023-02-29T10:00", "from_time", "date"),
        ("incident", f"{INCIDENT},easting,northing", "a,asb,2024-01-01T10:00,530000,180000",
         "b,asb,2024-01-01T10:00,51.5,180000", "easting", "min"),
        ("incident", f"{INCIDENT},easting,northing", "a,asb,2024-01-01T10:00,530000,180000",
         "b,asb,2024-01-01T10:00,0,180000", "easting", "min"),
        ("incident", f"{INCIDENT},longitude,latitude", "a,asb,2024-01-01T10:00,-0.1,51.5",
         "b,asb,2024-01-01T10:00,51.5,51.5", "longitude", "max"),
        ("refuge_stay", "stay_id,refuge_id,places,entered_on", "a,r1,1,2024-01-01", "b,r9,1,2024-01-01", "refuge_id",
         "unknown_parent"),
        ("camera_use", "use_id,camera_id,kind,used_on", "a,c1,request,2024-01-01", "b,c1,seen,2024-01-01", "kind",
         "code"),
    ],
)  # fmt: skip
def test_a_fault_sets_its_row_aside_and_the_counts_add_up(
    store: Store, take: Take, table: str, header: str, good: str, bad: str, field: str, rule: str
) -> None:
    take("refuge_service", SERVICE)
    take("camera", CAMERA)
    (block,) = take(table, f"{header}\n{good}\n{bad}\n").blocks
    assert (block.rows_in, block.kept, block.quarantined, block.excluded) == (2, 1, 1, 0)
    assert store.rows("SELECT line, field, rule FROM quarantine") == [(3, field, rule)]


@pytest.mark.parametrize(
    ("written", "form", "meant"),
    [
        ("2024-07-01T10:30", None, datetime(2024, 7, 1, 10, 30)),
        ("2024-07-01 10:30:05.5", None, datetime(2024, 7, 1, 10, 30, 5, 500000)),
        ("2024-07-01T10:30Z", None, datetime(2024, 7, 1, 11, 30)),  # summer time in London
        ("2024-01-01T00:30+02:00", None, datetime(2023, 12, 31, 22, 30)),
        ("01/07/2024 10:30", "%d/%m/%Y %H:%M", datetime(2024, 7, 1, 10, 30)),
        ("1 Jul 2024 9:05 PM", "%d %b %Y %I:%M %p", datetime(2024, 7, 1, 21, 5)),
    ],
)
def test_a_time_is_that_of_the_clock_on_the_wall(
    store: Store, take: Take, written: str, form: str | None, meant: datetime
) -> None:
    formats = f'[table.formats]\nfrom_time = "{form}"\n' if form else ""
    mapping = (
        '[[table]]\ntable = "incident"\n[table.columns]\nincident_id = "n"\nkind = "k"\nfrom_time = "t"\n' + formats
    )
    take("incident", f"n,k,t\na,asb,{written}\n", mapping=mapping)
    assert store.rows("SELECT from_time FROM incident") == [(meant,)]


def test_date_and_time_of_two_columns_are_one_moment(store: Store, take: Take) -> None:
    mapping = (
        '[[table]]\ntable = "incident"\n[table.columns]\nincident_id = "n"\nkind = "k"\n'
        '[table.key]\nfrom_time = ["d", "t"]\n[table.formats]\nfrom_time = "%d/%m/%Y-%H:%M"\n'
    )
    take("incident", "n,k,d,t\na,asb,01/07/2024,10:30\n", mapping=mapping)
    assert store.rows("SELECT from_time FROM incident") == [(datetime(2024, 7, 1, 10, 30),)]


def test_a_day_without_a_time_is_taken_where_the_mapping_says_that_only_the_day_is_known(
    store: Store, take: Take
) -> None:
    take("incident", f"{INCIDENT},time_precision\na,asb,2024-07-01,day\n")
    assert store.rows("SELECT from_time, time_precision FROM incident") == [(datetime(2024, 7, 1), "day")]


def test_geometry_is_hexadecimal_and_a_row_that_waits_for_its_parent_gets_its_values_back(
    store: Store, take: Take
) -> None:
    point = "0101000000000000000000F03F0000000000000040"
    (block,) = take(
        "area_boundary", f"area_code,vintage,kind,geometry\na,2025,ward,{point}\nb,2025,ward,POINT\n"
    ).blocks
    assert (block.kept, block.quarantined) == (1, 1)
    assert store.rows("SELECT geometry FROM area_boundary") == [(bytes.fromhex(point),)]
    take("incident_person", "incident_id,person_id,role\na,p1,suspect\n")
    assert store.rows("SELECT count(*) FROM incident_person") == [(0,)]
    take("person", "person_id\np1\n")
    take("incident", f"{INCIDENT}\na,asb,2024-01-01T10:00\n")
    assert store.rows("SELECT incident_id, person_id FROM incident_person") == [("a", "p1")]


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("note", "12 Acacia Road", "99 Aaaaaa Aaaa"),
        ("note", "ask at 7b, old mill lane", "aaa aa 9a, aaa aaaa aaaa"),
        ("needs_met", "children; N1 9GU", "aaaaaaaa; A9 9AA"),
        ("site", "51.5072, -0.1276", "99.9999, -9.9999"),
    ],
)
def test_where_a_refuge_is_refuses_the_file_by_shape_and_is_kept_nowhere(
    store: Store, take: Take, column: str, value: str, shown: str
) -> None:
    columns = ["refuge_id", "host_borough", "units", "places", "from_date"]
    mapping = '[[table]]\ntable = "refuge_service"\n[table.columns]\n' + "".join(f'{n} = "{n}"\n' for n in columns)
    head, row = ",".join(columns), "r1,B1,family_place,6,2020-01-01"
    with pytest.raises(Refused) as refused:
        take("refuge_service", f'{head},{column}\n{row},"{value}"\n', mapping=mapping)
    assert f'row 2, {column} "{shown}": seems to say where a refuge is' in str(refused.value) and value not in str(
        refused.value
    )
    for table in ("refuge_service", "quarantine", "held_row", "source"):
        assert store.rows(f"SELECT COUNT(*) FROM {table}") == [(0,)]
    take("refuge_service", f"{head},note\n{row},6 places in 1 house\n", mapping=mapping)
    assert store.rows("SELECT COUNT(*) FROM refuge_service") == [(1,)]


def test_what_identifies_a_person_is_declared() -> None:
    marked = {
        (table, name)
        for table, schema in PLACE_TABLES.items()
        for name, kind in schema.columns().items()
        if (kind.metadata or {}).get("identifying")
    }
    of_people = ("incident_person", "refuge_referral", "refuge_stay", "offending_group_membership")
    points = {("incident", name) for name in ("easting", "northing", "longitude", "latitude")}
    assert marked == {(table, "person_id") for table in of_people} | points
