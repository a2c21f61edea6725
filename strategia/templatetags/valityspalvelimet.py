"""Whether the setting of proxies can be true of the request in hand."""

from django import template

from ..kavija import is_proxy_count_wrong

register = template.Library()


@register.simple_tag(takes_context=True)
def is_proxy_setting_wrong(context):
    return is_proxy_count_wrong(context["request"])
