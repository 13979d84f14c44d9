"""Plain, honest views as any Django project would begin with: objects of the ORM and ordinary templates."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render

from crm.activity.models import About
from crm.activity.spine import kind_of
from crm.core import clock
from customers.models import Company

ROWS, EVENTS = 50, 20


class CompanyForm(forms.ModelForm):
    """The name alone."""

    class Meta:
        model = Company
        fields = ["name"]


@login_required
def companies(request):
    """Fifty rows of seven cells, the last changed first."""
    rows = Company.objects.filter(deleted_at=None).select_related("owner").order_by("-updated_at", "-pk")[:ROWS]
    return render(request, "bench/list.html", {"companies": rows})


@login_required
def company(request, pk):
    """One company with its people and the latest events."""
    found = get_object_or_404(Company.objects.select_related("owner"), pk=pk)
    happened = About.objects.filter(kind=kind_of(Company), object_id=pk).select_related("activity__actor").order_by("-activity_id")[:EVENTS]
    return render(request, "bench/detail.html", {"company": found, "contacts": found.contacts.prefetch_related("points"), "happened": happened})


@login_required
def create(request):
    """One row, without any check."""
    form = CompanyForm(request.POST or None, instance=Company(owner=request.user, team=request.user.team, potential_at=clock.now()))
    if request.method == "POST" and form.is_valid():
        return redirect("floor-detail", form.save().pk)
    return render(request, "bench/form.html", {"form": form})
