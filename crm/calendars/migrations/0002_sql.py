"""A calendar's row tells when anything in it changed, by whatever path; the first one is the usual office week."""

from datetime import time

from django.db import migrations

CREATE = """
CREATE FUNCTION calendars_mark_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER calendars_mark_changed BEFORE INSERT OR UPDATE ON calendars_calendar
    FOR EACH ROW EXECUTE FUNCTION calendars_mark_changed();

CREATE FUNCTION calendars_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE calendars_calendar SET changed_at = clock_timestamp() WHERE id = OLD.calendar_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE calendars_calendar SET changed_at = clock_timestamp() WHERE id = NEW.calendar_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER calendars_part_changed AFTER INSERT OR UPDATE OR DELETE ON calendars_workperiod
    FOR EACH ROW EXECUTE FUNCTION calendars_part_changed();
CREATE TRIGGER calendars_part_changed AFTER INSERT OR UPDATE OR DELETE ON calendars_dayoverride
    FOR EACH ROW EXECUTE FUNCTION calendars_part_changed();
"""
DROP = """
DROP TRIGGER calendars_part_changed ON calendars_dayoverride;
DROP TRIGGER calendars_part_changed ON calendars_workperiod;
DROP FUNCTION calendars_part_changed();
DROP TRIGGER calendars_mark_changed ON calendars_calendar;
DROP FUNCTION calendars_mark_changed();
"""


def make_company_calendar(apps, schema_editor):
    calendar = apps.get_model("calendars", "Calendar").objects.create(name="公司工作时间", timezone="Asia/Shanghai", country="CN", is_default=True)
    apps.get_model("calendars", "WorkPeriod").objects.bulk_create(
        apps.get_model("calendars", "WorkPeriod")(calendar=calendar, weekday=weekday, start=start, end=end)
        for weekday in range(5)
        for start, end in [(time(9), time(12)), (time(13, 30), time(18))]
    )


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.RunPython(make_company_calendar, migrations.RunPython.noop),
    ]
