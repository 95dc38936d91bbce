import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import assembly_site.pictures.models


class Migration(migrations.Migration):

    dependencies = [
        ("pictures", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="picture",
            options={
                "ordering": ["-created_at", "-pk"],
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
            },
        ),
        migrations.AddField(
            model_name="picture",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="added by",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="people",
            field=models.CharField(
                blank=True,
                help_text="Their names, divided by commas: the search of the library finds them.",
                max_length=300,
                verbose_name="people shown",
            ),
        ),
        migrations.AlterField(
            model_name="picture",
            name="image",
            field=models.ImageField(
                height_field="height",
                max_length=200,
                upload_to=assembly_site.pictures.models.place_of_original,
                verbose_name="file",
                width_field="width",
            ),
        ),
    ]
