"""The sentences about a plan folder, by the code of a problem."""

from django.utils.translation import gettext_lazy as _

_ARCHIVE = {
    "no_folder": _("There is no folder “%(found)s”. Name the folder that holds company.json."),
    "unreadable": _("The file cannot be opened. Check who may read it."),
    "bad_zip": _("This is no zip archive, or it is damaged. Pack the folder again."),
    "zip_too_large": _("The archive is larger than %(limit)s MB. Pack the plan folder alone."),
    "zip_too_many": _("The archive holds more than %(limit)s files. Pack the plan folder alone."),
    "zip_unpacks_too_large": _(
        "The archive unpacks to more than %(limit)s MB. Pack the plan folder alone."
    ),
    "zip_bomb": _("“%(found)s” unpacks to far more than it seems. Pack the folder again."),
    "zip_bad_name": _(
        "“%(found)s” is no name for a file of the archive. Pack the folder again without it."
    ),
    "zip_encrypted": _("“%(found)s” is locked by a password. Pack the folder without one."),
}
_FILES = {
    "file_missing": _("The file is missing. Every plan folder needs it: add it."),
    "file_empty": _("The file is empty. Every plan folder needs it: fill it."),
    "file_too_large": _("The file is larger than %(limit)s MB. Check that it is the right one."),
    "byte_order_mark": _(
        "The file starts with a byte order mark. Save it as UTF-8 without a byte order mark."
    ),
    "not_utf8": _("A letter here is not written in UTF-8. Save the file as UTF-8."),
    "bad_json": _(
        "The JSON breaks off at line %(line)s, column %(column)s. Check the commas, quotes and "
        "brackets there."
    ),
    "json_too_deep": _("The lists in this file lie too deep inside each other. Flatten them."),
    "key_twice": _("“%(found)s” stands twice in the same object. Keep one of the two."),
    "not_json_number": _("%(found)s is no number. Write null where nothing is known."),
    "file_not_list": _("The file has to hold a list. Put its content in square brackets."),
    "file_not_object": _("The file has to hold one object. Put its content in curly brackets."),
    "bad_csv": _(
        "The row cannot be read. Close every quotation mark, double those inside a text, and keep "
        "each cell under %(limit)s characters."
    ),
    "not_commas": _("The cells are not separated by commas. Save the file with commas."),
    "column_twice": _("The column stands twice. Keep one of the two."),
    "column_missing": _("The column is missing. Add it, even if its cells are empty."),
    "months_missing": _("Columns of the fiscal year are missing: %(found)s. Add them."),
    "ragged": _(
        "The row has %(found)s cells and the header %(length)s. Add or remove cells, and put "
        "texts that hold a comma in quotation marks."
    ),
}
_VALUES = {
    "required": _("The value is missing. Fill it in."),
    "not_object": _("Here belongs an object in curly brackets. Write it so."),
    "not_list": _("Here belongs a list in square brackets. Write it so."),
    "not_text": _("“%(found)s” is no text. Put it in quotation marks."),
    "too_long": _("The text has %(found)s characters. Shorten it to %(limit)s."),
    "unprintable": _("The text holds characters that cannot be shown. Remove them."),
    "bad_code": _("“%(found)s” begins or ends with a space. Remove the space."),
    "not_integer": _(
        "“%(found)s” is no whole number. Write digits only: amounts are whole minor units, "
        "without marks between the digits."
    ),
    "not_number": _("“%(found)s” is no number. Write digits, with a point before decimals."),
    "out_of_range": _("“%(found)s” is not between %(low)s and %(high)s. Correct it."),
    "too_precise": _("“%(found)s” has more than %(places)s decimals. Round it."),
    "too_many_digits": _("“%(found)s” has more than %(digits)s digits. Round it."),
    "not_month": _("“%(found)s” is no month. Write it like 2026-03."),
    "not_day": _("“%(found)s” is no date. Write it like 2026-03-31."),
    "outside_year": _(
        "%(found)s lies outside the months from %(first)s to %(last)s. Correct it, or move it to "
        "the plan of that year."
    ),
    "not_choice": _("“%(found)s” is not known here. Use one of: %(choices)s."),
    "not_flag": _("“%(found)s” is neither true nor false. Write one of the two."),
    "wrong_length": _(
        "The list has %(found)s values. Write exactly %(length)s, null where there is none."
    ),
    "duplicate": _("“%(found)s” already stands in %(first)s. Keep one, or change one of the two."),
    "duplicate_value": _("“%(found)s” stands here twice. Keep one of the two."),
}
_CODES = {
    "unknown_line": _("No line in lines.csv has the code “%(found)s”. Correct it or add the line."),
    "unknown_goal": _(
        "No goal in goals.json has the code “%(found)s”. Correct it or add the goal."
    ),
    "unknown_kpi": _("No KPI in kpis.json has the code “%(found)s”. Correct it or add the KPI."),
    "unknown_person": _(
        "Nobody in people.json has the code “%(found)s”. Correct it or add the person."
    ),
    "unknown_initiative": _(
        "No initiative in initiatives.json has the code “%(found)s”. Correct it or add the "
        "initiative."
    ),
    "unknown_work": _(
        "“%(found)s” is neither BAU nor the code of an initiative in initiatives.json. Correct it "
        "or add the initiative."
    ),
    "unknown_channel": _(
        "No sales channel in company.json has the code “%(found)s”. Correct it or add the channel."
    ),
    "unknown_currency": _("“%(found)s” is no currency in use. Write its code, such as VND or USD."),
    "unknown_time_zone": _(
        "“%(found)s” is no time zone. Write its name, such as Asia/Ho_Chi_Minh."
    ),
}
_RULES = {
    "bad_slug": _(
        "“%(found)s” cannot be an address. Use small letters without marks, digits, and single "
        "hyphens between them."
    ),
    "bad_email": _("“%(found)s” is no e-mail address. Correct it or leave it empty."),
    "label_elsewhere": _(
        "The fiscal year %(found)s neither begins nor ends in its own year. Correct it, or the "
        "first month."
    ),
    "approved_without_date": _(
        "The plan is approved, but the date is missing. Write the day of the approval."
    ),
    "draft_closed": _("A draft has no closed months. Remove the month, or approve the plan."),
    "threshold_order": _("Green has to be stricter than amber. Correct one of the two."),
    "lower_is_better": _(
        "A goal of the kind %(kind)s needs a KPI whose better is higher, and for %(found)s lower "
        "is better. Take another kind or another KPI."
    ),
    "bad_measure": _("A measure has exactly one of these keys: %(choices)s. Write one."),
    "not_true": _("The only value here is true. Write true, or take another measure."),
    "daily_work_code": _(
        "“%(found)s” stands for daily business. Give the initiative another code."
    ),
    "bad_lag": _(
        "“%(found)s” is no delay of money. Write shares by month with semicolons, such as "
        "0.75;0.25, or leave it empty."
    ),
    "lag_not_one": _("The shares add up to %(found)s. They have to add up to exactly 1."),
    "driver_not_revenue": _(
        "%(found)s is a line of the kind %(kind)s. The driver has to be a revenue line."
    ),
    "circular_driver": _(
        "The drivers go round in a circle: %(found)s. Remove the driver of one of these lines."
    ),
    "manual_method": _(
        "manual is no method of a line. Leave it empty and write the months in forecasts.csv."
    ),
}
MESSAGES = _ARCHIVE | _FILES | _VALUES | _CODES | _RULES
