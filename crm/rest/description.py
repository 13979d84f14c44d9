"""What every operation may answer besides what was asked for, written into the description in one place."""

WORDS = {
    "400": "The body is no JSON.",
    "308": "The record was merged into another one; `Location` leads there.",
    "401": "No token, or one that is unknown, revoked or expired.",
    "403": "The right or the scope of the token is missing.",
    "404": "There is no such record, or it is not for you.",
    "409": "Somebody was faster, or the record is not in a state for this.",
    "415": "The body is not sent as JSON.",
    "422": "The input cannot be taken; `errors` names each field.",
    "507": "The disk is full: nothing was saved, and reading goes on.",
    "429": "Too many calls; `Retry-After` says how long to wait.",
}
ALWAYS = ("401", "403", "429")
OF_A_RECORD = ("404",)
OF_A_READING = ("308",)
OF_A_BODY = ("400", "415")
OF_A_CHANGE = ("409", "422", "507")
OF_A_LIST = ("422",)
METHODS = ("get", "post", "put", "patch", "delete")

TEXT = {"type": "string"}
ERROR = {
    "type": "object",
    "description": "The one form of every error, in the language of Accept-Language.",
    "required": ["code", "field", "message", "errors"],
    "properties": {
        "code": {**TEXT, "description": "Stable, for programs."},
        "field": {**TEXT, "description": "The input it is about; empty when it is about none."},
        "message": {**TEXT, "description": "A sentence for people."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {"field": TEXT, "code": TEXT, "message": TEXT},
            },
        },
        "survivor": {"type": "integer", "description": "The record it was merged into, where that is why."},
        "request_id": {**TEXT, "description": "What to quote when something broke on our side."},
    },
}


def with_errors(result, generator, request, public):
    """Add the error form and the codes of refusals to every operation (a postprocessing hook of drf-spectacular)."""
    result["components"].setdefault("schemas", {})["Error"] = ERROR
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            if method in METHODS:
                for code in _codes(path, method, operation):
                    operation["responses"].setdefault(code, _answer(code))
    return result


def _codes(path, method, operation):
    changes = method != "get"
    return (
        *ALWAYS,
        *(OF_A_RECORD if "{" in path else ()),
        *(OF_A_READING if "{" in path and not changes else ()),
        *(OF_A_BODY if "requestBody" in operation else ()),
        *(OF_A_CHANGE if changes else OF_A_LIST if operation.get("parameters") else ()),
    )


def _answer(code):
    return {"description": WORDS[code], "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
