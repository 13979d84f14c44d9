"""How tokens stand in the description of the API."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):
    """`Authorization: Bearer km_…`, so that the page of the API can try calls and clients are made with it."""

    target_class = "crm.accounts.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        """The scheme as OpenAPI names it."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "km_…", "description": "A token with scopes, made under Me → API tokens."}
