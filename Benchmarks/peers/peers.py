"""The benchmark's questions asked of DuckDB, polars, PM4Py or r4pm: one line of JSON a task, medians of CPU and wall seconds.

usage: peers.py TOOL LOG.csv LOG.xes LOW HIGH [--repeats N] [--tasks a,b]
LOW and HIGH are the filter's window, microseconds since 1970 UTC.
"""
import argparse
import json
import os
import resource
import statistics
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("tool")
parser.add_argument("csv")
parser.add_argument("xes")
parser.add_argument("low", type=int)
parser.add_argument("high", type=int)
parser.add_argument("--repeats", type=int, default=3)
parser.add_argument("--tasks", default="")
arguments = parser.parse_args()

PATH = [
    "Confirmation of receipt", "T02 Check confirmation of receipt", "T04 Determine confirmation of receipt",
    "T05 Print and send confirmation of receipt", "T06 Determine necessity of stop advice",
    "T10 Determine necessity to stop indication",
]


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measure(task, body, repeats=None, warm=True):
    if arguments.tasks and task not in arguments.tasks.split(","):
        return None
    answer = None
    cpu, wall = [], []
    try:
        if warm:
            answer = body()
        for _ in range(repeats or arguments.repeats):
            answer = None
            before, start = used(), time.monotonic()
            answer = body()
            wall.append(time.monotonic() - start)
            cpu.append(used() - before)
    except Exception as error:  # A peer that cannot is shown as one that cannot.
        print(f"{arguments.tool} {task}: {error}", file=sys.stderr)
        return None
    shown = answer if isinstance(answer, int) else None
    print(json.dumps({
        "tool": arguments.tool, "task": task, "threads": 1, "cpu": statistics.median(cpu),
        "wall": statistics.median(wall), "answer": shown,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)
    return answer


def loaded(task, body):
    """The thing a loading task makes, which later tasks need even when it is not asked for."""
    result = []

    def run():
        result.clear()
        result.append(body())
        return 0

    if measure(task, run, warm=False) is None and not result:
        run()
    return result[0]


def sequence_net():
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to
    net = PetriNet("path")
    places = [PetriNet.Place(f"p{index}") for index in range(len(PATH) + 1)]
    net.places.update(places)
    for index, name in enumerate(PATH):
        step = PetriNet.Transition(f"t{index}", name)
        net.transitions.add(step)
        add_arc_from_to(places[index], step, net)
        add_arc_from_to(step, places[index + 1], net)
    return net, Marking({places[0]: 1}), Marking({places[-1]: 1})


def duckdb_tasks():
    import duckdb
    connection = duckdb.connect()
    connection.execute("set threads = 1; set timezone = 'UTC'")

    def load():
        connection.execute(f"""create or replace table events as
            select "case", activity, epoch_us(timestamp::timestamptz) as time, resource
            from read_csv('{arguments.csv}', header = true, types = {{'timestamp': 'VARCHAR'}})
            order by "case", time""")
        return connection

    loaded("csv", load)
    next_row = """select activity, lead(activity) over w as following, time, lead(time) over w as later from events
        window w as (partition by "case" order by time)"""
    count = lambda sql: len(connection.execute(sql).fetchall())
    measure("map", lambda: count(f"""select activity, following, count(*) from ({next_row})
        where following is not null group by all"""))
    measure("waits", lambda: count(f"""select activity, following, count(*), avg(later - time), min(later - time),
        max(later - time), stddev_samp(later - time), quantile_cont(later - time, [0.5, 0.9, 0.95])
        from ({next_row}) where following is not null group by all"""))
    variants = """select "case", string_agg(activity, chr(31) order by time) as variant, min(time) as first,
        max(time) as last from events group by "case" """
    measure("variants", lambda: count(f"select variant, count(*) from ({variants}) group by variant"))
    measure("durations", lambda: count("""select quantile_cont(d, [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]),
        avg(d), min(d), max(d) from (select max(time) - min(time) as d from events group by "case")"""))
    measure("filter", lambda: connection.execute(f"""
        with inside as (select * from ({variants}) where first >= {arguments.low} and last <= {arguments.high}),
        top as (select variant from inside group by variant order by count(*) desc, variant limit 5)
        select count(*) from events where "case" in (select "case" from inside where variant in (from top))
        """).fetchone()[0])


def polars_tasks():
    import polars as pl

    def load():
        return (
            pl.read_csv(arguments.csv)
            .with_columns(
                pl.col("timestamp").str.to_datetime("%Y-%m-%dT%H:%M:%S%.3fZ", time_unit="us").cast(pl.Int64).alias("time"),
                pl.col("activity").cast(pl.Categorical), pl.col("resource").cast(pl.Categorical))
            .drop("timestamp")
            .sort(["case", "time"], maintain_order=True)
            .with_columns(pl.col("case").rle_id().alias("journey"), pl.col("activity").to_physical().alias("code"))
        )

    # Tuned: sorted once, journeys and activities as integers, neighbours by shift.
    frame = loaded("csv", load)
    same = pl.col("journey") == pl.col("journey").shift(-1)
    pair = (pl.col("code").cast(pl.UInt32) * 4096 + pl.col("code").shift(-1).cast(pl.UInt32)).alias("pair")
    measure("map", lambda: frame.lazy().select(pair.filter(same)).group_by("pair").len().collect().height)
    wait = (pl.col("time").shift(-1) - pl.col("time")).alias("wait")
    measure("waits", lambda: frame.lazy().select(pair.filter(same), wait.filter(same)).group_by("pair").agg(
        pl.len(), pl.col("wait").mean().alias("mean"), pl.col("wait").min().alias("min"),
        pl.col("wait").max().alias("max"), pl.col("wait").std().alias("sd"),
        *[pl.col("wait").quantile(q, "linear").alias(str(q)) for q in (0.5, 0.9, 0.95)]).collect().height)

    def variants(source):
        # The sequence as a list, told apart by its hash.
        return source.lazy().group_by("journey", maintain_order=True).agg(
            pl.col("code").alias("sequence"), pl.col("time").first().alias("first"), pl.col("time").last().alias("last"))

    measure("variants", lambda: variants(frame).select(pl.col("sequence").hash().alias("h")).group_by("h").len()
            .collect().height)
    measure("durations", lambda: frame.lazy().group_by("journey").agg(
        (pl.col("time").last() - pl.col("time").first()).alias("d")).select(
        *[pl.col("d").quantile(q, "linear").alias(str(q)) for q in (.01, .05, .1, .25, .5, .75, .9, .95, .99)],
        pl.col("d").mean().alias("mean")).collect().height)

    def filtered():
        inside = variants(frame).filter(
            (pl.col("first") >= arguments.low) & (pl.col("last") <= arguments.high)).with_columns(
            pl.col("sequence").hash().alias("h")).collect()
        top = inside.group_by("h").len().sort("len", descending=True).head(5)
        kept = inside.join(top, on="h", how="semi").select("journey")
        return frame.join(kept, on="journey", how="semi").height

    measure("filter", filtered)


def pm4py_tasks():
    import pandas
    import pm4py

    def load():
        table = pandas.read_csv(arguments.csv)
        table = pm4py.format_dataframe(
            table, case_id="case", activity_key="activity", timestamp_key="timestamp")
        return table.rename(columns={"resource": "org:resource"})

    frame = loaded("csv", load)
    measure("map", lambda: len(pm4py.discover_dfg(frame)[0]), warm=False)
    measure("waits", lambda: len(pm4py.discover_performance_dfg(frame, perf_aggregation_key="all")[0]), warm=False)
    measure("variants", lambda: len(pm4py.get_variants(frame)), warm=False)
    measure("durations", lambda: len(pm4py.get_all_case_durations(frame)), warm=False)

    def filtered():
        from datetime import datetime, timezone
        stamp = lambda us: datetime.fromtimestamp(us / 1e6, timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
        inside = pm4py.filter_time_range(
            frame, stamp(arguments.low), stamp(arguments.high), mode="traces_contained")
        return len(pm4py.filter_variants_top_k(inside, 5))

    measure("filter", filtered, warm=False)

    def conformance():
        net, initial, final = sequence_net()
        return int(round(pm4py.fitness_token_based_replay(frame, net, initial, final)["log_fitness"] * 1e6))

    measure("conformance", conformance, warm=False)
    del frame
    measure("xes", lambda: len(pm4py.read_xes(arguments.xes)), warm=False)


def r4pm_tasks():
    import polars
    import r4pm

    def load():
        table = polars.read_csv(arguments.csv).with_columns(
            polars.col("timestamp").str.to_datetime("%Y-%m-%dT%H:%M:%S%.3fZ", time_zone="UTC"))
        return r4pm.import_item_from_df("EventLog", table.rename({
            "case": "case:concept:name", "activity": "concept:name", "timestamp": "time:timestamp",
            "resource": "org:resource"}))

    log = loaded("csv", load)
    measure("map", lambda: len(r4pm.bindings.discover_dfg(log)["directly_follows_relations"]))

    def variants():
        projection = r4pm.bindings.log_to_activity_projection(log)
        try:
            return len(r4pm.bindings.get_variants(projection))
        finally:
            r4pm.remove_item(projection)

    measure("variants", variants)
    net = r4pm.petri_net.from_pm4py(*sequence_net())
    measure("conformance", lambda: len(r4pm.bindings.apply_token_based_replay(net, log)) and 0)
    measure("xes", lambda: r4pm.df.import_xes(arguments.xes)[0].height, warm=False)


os.environ["POLARS_MAX_THREADS"] = os.environ["RAYON_NUM_THREADS"] = "1"
tools = {"duckdb": duckdb_tasks, "polars": polars_tasks, "pm4py": pm4py_tasks, "r4pm": r4pm_tasks}
if arguments.tool not in tools:
    parser.error(f"unknown tool {arguments.tool}; one of {', '.join(tools)}")
tools[arguments.tool]()
