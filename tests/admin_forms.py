"""What a browser would send back from a form of the admin."""

from assembly_site.languages.dates import PartialDate


def form_values(response) -> dict:
    """The values a browser would send back for the main form and its inlines."""
    form = response.context["adminform"].form
    values = {}
    forms = [form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for one in forms:
        for field in one:
            value = field.value()
            if isinstance(value, PartialDate):
                value = str(value)  # a tuple, which the test client would send as three values
            if value is True:
                values[field.html_name] = "on"
            elif value is not None and value is not False:
                widget = field.field.widget
                decompressed = getattr(widget, "decompress", None)
                if decompressed:
                    # A form that was sent before holds the parts already.
                    parts = value if isinstance(value, list) else decompressed(value)
                    for place, part in enumerate(parts):
                        values[f"{field.html_name}_{place}"] = part or ""
                else:
                    values[field.html_name] = value
    return values
