"""How every form on the site is drawn: one template for a field, one for a form."""

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt

from initiatiefwijzer.drawing import html, joined


def option(choice):
    extra = flatatt(choice["attrs"]) if choice["attrs"] else ""
    return html('<option value="{}"{}>{}</option>', choice["value"], extra, choice["label"])


def select(context):
    """A list to choose from; without a template, because that would be rendered once for every option."""
    widget = context["widget"]
    groups = (
        (name, joined("{}", ([option(choice)] for choice in choices)))
        for name, choices, _index in widget["optgroups"]
    )
    shown = (
        html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside
        for name, inside in groups
    )
    extra = widget["attrs"].get("class")
    attrs = {name: value for name, value in widget["attrs"].items() if name != "class"}
    return html(
        '<select class="utrecht-select utrecht-select--html-select{}" name="{}"{}>{}</select>',
        html(" {}", extra) if extra else "",
        widget["name"],
        flatatt(attrs),
        joined("{}", ([one] for one in shown)),
    )


DRAWN = {"django/forms/widgets/select.html": select}  # template name -> what draws it instead


class FormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def render(self, template_name, context, request=None):
        draw = DRAWN.get(template_name)
        return draw(context) if draw else super().render(template_name, context, request)
