"""Watches PostgreSQL: how many rows of each table of a kunta a statement reads, beside how many the kunta has there."""

import json

from django.db import connection

from .kunnittain import tables_of_kunta, where_asked

PIENI = 1_000  # rows; a table of so few is read whole, whoever asks


class Luetut:
    """An execute wrapper -> `others`, {where of ours it is asked: (rows read at once, the kunta's own, table)}."""

    def __init__(self, kunta):
        self.kunta, self.others, self.own, self.asked = kunta, {}, {}, 0

    def __call__(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if sql.startswith("SELECT") and not many:
            with connection.cursor() as cursor:
                # Straight to the driver: what this asks is not asked by the page.
                cursor.cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
                plan = cursor.cursor.fetchone()[0]
            self.asked += 1
            self._look(json.loads(plan) if isinstance(plan, str) else plan)
        return answer

    def _look(self, plan):
        for node in _nodes(plan[0]["Plan"]):
            table = node.get("Relation Name")
            if table in tables_of_kunta() and node["Actual Loops"]:
                read = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
                if read > max(PIENI, self._count(table)):
                    self.others[where_asked()] = (int(read), self._count(table), table)

    def _count(self, table):
        if table not in self.own:
            with connection.cursor() as cursor:
                cursor.cursor.execute(f"SELECT count(*) FROM {table} WHERE kunta_id = %s", [self.kunta.pk])  # noqa: S608
                self.own[table] = cursor.cursor.fetchone()[0]
        return self.own[table]


def _nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
