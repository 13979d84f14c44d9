"""Things done with many rows of a list; rooms say which verb."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from crm.core import clock
from crm.core.errors import Invalid
from crm.core.policy import require
from crm.web.takingback import mark

MOST = 1000


class BulkPage(View):
    """Something done with the chosen rows; their ids come by POST as `id`, the list they were chosen in as `query`.

    Subclass with `model`, `action`, `list_url` and `act(rows, form)`; with a `form`, the first post asks for what it needs.
    """

    http_method_names = ["post"]
    model = None
    action = "edit"
    list_url = ""
    form = None
    title = ""
    template = "web/bulk_form.html"

    def post(self, request):
        require(request.user, f"{self.model.noun}.{self.action}")
        ids = [int(pk) for pk in request.POST.getlist("id") if pk.isdecimal() and len(pk) < 19][:MOST]
        rows = list(self.model.objects.visible_to(request.user).filter(pk__in=ids))
        form = self.make_form(request)
        if form is not None and not form.is_valid():
            return self.ask(request, rows, form)
        began = clock.now()
        try:
            message = self.act(request, rows, form) if rows else _("Nothing was chosen.")
        except Invalid as refusal:
            if form is None:
                raise
            for field, sentences in refusal.errors.items():
                form.add_error(field if field in form.fields else None, [str(sentence) for sentence in sentences])
            return self.ask(request, rows, form)
        messages.success(request, message, extra_tags=mark(rows, by=request.user, since=began))
        return redirect(f"{reverse(self.list_url)}?{request.POST.get('query', '')}")

    def make_form(self, request):
        """The form of what is needed; filled once it was shown."""
        if self.form is None:
            return None
        return self.form(request.POST if "asked" in request.POST else None, actor=request.user)

    def ask(self, request, rows, form):
        """Show which rows, and the form."""
        query = request.POST.get("query", "")
        context = {"form": form, "rows": rows, "title": self.title, "query": query, "back": f"{reverse(self.list_url)}?{query}"}
        return render(request, self.template, context, status=422 if form.is_bound else 200)

    def act(self, request, rows, form):
        """Call the verb; the words for the toast."""
        raise NotImplementedError
