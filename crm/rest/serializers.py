"""How records are written as JSON: masked like everywhere else, and strict about what may be sent."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from crm.core.masking import shown
from crm.rest import strict


class Answer(serializers.ModelSerializer):
    """A record as this reader may see it; `masks` maps a field to the function that covers it."""

    masks: dict = {}

    def include_extra_kwargs(self, kwargs, extra_kwargs):
        """Say of a choice that may be empty that it may; read-only fields would forget it, and the description with them."""
        blank = kwargs.get("allow_blank")
        found = super().include_extra_kwargs(kwargs, extra_kwargs)
        return found | {"allow_blank": True} if blank else found

    def to_representation(self, instance):
        data = super().to_representation(instance)
        actor = self.context["request"].user
        noun = instance.noun
        for field, mask in self.masks.items():
            if field in data:
                data[field] = shown(actor, f"{noun}.{field}", data[field], mask, record=instance)
        return data


class Input(serializers.Serializer):
    """What may be sent; a field that does not exist here is refused by name, so nothing can slip in."""

    def to_internal_value(self, data):
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            strict.note(self.context["request"], unknown, "refused")
            raise serializers.ValidationError({name: [_("This field cannot be set.")] for name in unknown}, code="unknown_field")
        return super().to_internal_value(data)


class PersonRef(serializers.Serializer):
    """A person, by id and name."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class ScopedKey(serializers.PrimaryKeyRelatedField):
    """The id of a record which the caller may see; anything else does not exist."""

    def __init__(self, model=None, **kwargs):
        self.model = model
        if not kwargs.get("read_only"):
            kwargs.setdefault("queryset", model._base_manager.none())
        super().__init__(**kwargs)

    def get_queryset(self):
        request = self.context.get("request")
        return self.model.objects.visible_to(request.user) if request else self.model._base_manager.none()
