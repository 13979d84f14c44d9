"""Row history by triggers: every UPDATE and DELETE keeps the old row, tied to the event that replaced it.

Statement level, old row, context as JSON on the row: the cheapest form that also sees bulk updates and
raw SQL (docs/adr/0004).
"""

import pghistory
from django.db import models


def tracked(model):
    """Keep the old rows of this model in `<Model>History`."""
    return pghistory.track(
        pghistory.UpdateEvent("update", row=pghistory.Old, level=pghistory.Statement),
        pghistory.DeleteEvent("delete", row=pghistory.Old, level=pghistory.Statement),
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,
        obj_field=pghistory.ObjForeignKey(related_name="history", db_constraint=False, on_delete=models.DO_NOTHING, db_index=False),
        model_name=f"{model.__name__}History",
        attrs={"pgh_id": models.BigAutoField(primary_key=True, serialize=False)},
        meta={
            "indexes": [
                models.Index(fields=["pgh_obj", "pgh_id"], name=f"{model._meta.model_name[:14]}_hist_obj"),
                models.Index(
                    models.functions.Cast(models.F("pgh_context__event"), models.BigIntegerField()),
                    name=f"{model._meta.model_name[:14]}_hist_event",
                ),
            ]
        },
    )(model)
