from django.http import HttpResponse


def search(request, desk):
    return HttpResponse("")
