"""What is told of one kind of procedure alone."""

from django.db import models
from django.db.models import Q

from studbook.animals.models import Animal
from studbook.programmes.models.record import one_of
from studbook.reproduction.models.procedure import Procedure


class Anaesthesia(models.Model):
    """How an animal was put to sleep and woke: times, depth and recovery; the agents are rows of their own."""

    class Way(models.TextChoices):
        DART = "dart", "dart"
        HAND = "hand", "injection by hand"
        GAS = "gas", "gas"
        DART_GAS = "dart and gas", "dart, then gas"
        OTHER = "other", "another way"

    class Recovery(models.TextChoices):
        NOT_STATED = "", "not stated"
        SMOOTH = "smooth", "smooth"
        SLOW = "slow", "slow"
        ROUGH = "rough", "rough"
        DIED = "died", "the animal died"

    procedure = models.OneToOneField(
        Procedure, on_delete=models.PROTECT, primary_key=True, related_name="anaesthesia"
    )
    way = models.CharField(max_length=12, choices=Way.choices)
    lying_at = models.TimeField("lying down at", null=True, blank=True)
    reversed_at = models.TimeField("antidote given at", null=True, blank=True)
    standing_at = models.TimeField("standing again at", null=True, blank=True)
    recovery = models.CharField(max_length=6, choices=Recovery.choices, blank=True)
    complications = models.TextField(blank=True)

    class Meta:
        ordering = ["procedure"]
        constraints = [
            one_of("way", "dart", "hand", "gas", "dart and gas", "other", name="anaesthesia_way_known"),
            one_of("recovery", "", "smooth", "slow", "rough", "died", name="anaesthesia_recovery_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}"


class AnaesthesiaAgent(models.Model):
    """One agent that was given, and how much of it."""

    anaesthesia = models.ForeignKey(Anaesthesia, on_delete=models.PROTECT, related_name="agents")
    agent = models.CharField(max_length=80)
    dose = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["anaesthesia", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(agent=""), name="agent_has_name"),
            models.CheckConstraint(
                condition=Q(dose__isnull=True) | Q(dose__gt=0), name="agent_dose_positive"
            ),
        ]

    def __str__(self) -> str:
        dose = f"{self.dose.normalize():f}" if self.dose is not None else ""
        return " ".join(filter(None, [self.agent, dose, self.unit]))


class SemenCollection(models.Model):
    """What was collected of a male, and how good it was before anything was frozen."""

    class Method(models.TextChoices):
        ELECTRO = "electroejaculation", "electroejaculation"
        CATHETER = "catheter", "urethral catheter"
        MASSAGE = "massage", "massage of the prostate"
        EPIDIDYMIS = "epididymis", "from the epididymis"
        OTHER = "other", "another method"

    procedure = models.OneToOneField(
        Procedure, on_delete=models.PROTECT, primary_key=True, related_name="collection"
    )
    method = models.CharField(max_length=20, choices=Method.choices)
    volume_ml = models.DecimalField("volume, ml", max_digits=7, decimal_places=3, null=True, blank=True)
    million_per_ml = models.DecimalField(
        "concentration, million a ml", max_digits=9, decimal_places=2, null=True, blank=True
    )
    motile_percent = models.DecimalField("motile, %", max_digits=4, decimal_places=1, null=True, blank=True)
    normal_percent = models.DecimalField(
        "of normal form, %", max_digits=4, decimal_places=1, null=True, blank=True
    )

    class Meta:
        ordering = ["procedure"]
        constraints = [
            one_of(
                "method",
                "electroejaculation",
                "catheter",
                "massage",
                "epididymis",
                "other",
                name="collection_method_known",
            ),
            models.CheckConstraint(
                condition=(Q(volume_ml__isnull=True) | Q(volume_ml__gte=0))
                & (Q(million_per_ml__isnull=True) | Q(million_per_ml__gte=0)),
                name="collection_not_negative",
            ),
            models.CheckConstraint(
                condition=(Q(motile_percent__isnull=True) | Q(motile_percent__gte=0, motile_percent__lte=100))
                & (Q(normal_percent__isnull=True) | Q(normal_percent__gte=0, normal_percent__lte=100)),
                name="collection_percents",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}"


class Examination(models.Model):
    """What an examination of the organs of reproduction found. "not seen" is a finding, "not looked for" is none."""

    class Method(models.TextChoices):
        ULTRASOUND = "ultrasound", "ultrasound"
        ENDOSCOPY = "endoscopy", "endoscopy"
        HORMONES = "hormones", "hormones"
        PALPATION = "palpation", "palpation"
        XRAY = "x-ray", "X-ray"
        OTHER = "other", "another method"

    class Finding(models.TextChoices):
        NOT_LOOKED = "", "not looked for"
        YES = "yes", "found"
        NO = "no", "not seen"
        UNSURE = "unsure", "not sure"

    procedure = models.OneToOneField(
        Procedure, on_delete=models.PROTECT, primary_key=True, related_name="examination"
    )
    method = models.CharField(max_length=12, choices=Method.choices)
    ovulation = models.CharField("ovulated", max_length=6, choices=Finding.choices, blank=True)
    cysts = models.CharField(max_length=6, choices=Finding.choices, blank=True)
    pregnancy = models.CharField("pregnant", max_length=6, choices=Finding.choices, blank=True)
    young = models.PositiveSmallIntegerField("young counted", null=True, blank=True)
    findings = models.TextField("other findings", blank=True)

    class Meta:
        ordering = ["procedure"]
        constraints = [
            one_of(
                "method",
                "ultrasound",
                "endoscopy",
                "hormones",
                "palpation",
                "x-ray",
                "other",
                name="examination_method_known",
            ),
            *(
                one_of(column, "", "yes", "no", "unsure", name=f"examination_{column}_known")
                for column in ("ovulation", "cysts", "pregnancy")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}"


class Insemination(models.Model):
    """An insemination of the procedure's animal with semen of `donor`: fresh, from a collection, or of banked samples."""

    class Route(models.TextChoices):
        VAGINA = "vagina", "into the vagina"
        CERVIX = "cervix", "through the cervix into the uterus"
        LAPAROSCOPY = "laparoscopy", "into the uterus by laparoscopy"
        OVIDUCT = "oviduct", "into the oviduct"
        OTHER = "other", "another way"

    procedure = models.OneToOneField(
        Procedure, on_delete=models.PROTECT, primary_key=True, related_name="insemination"
    )
    donor = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="inseminations_given")
    collection = models.ForeignKey(
        Procedure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inseminations_from",
        verbose_name="fresh semen of the collection",
    )
    route = models.CharField(max_length=12, choices=Route.choices)
    dose_million = models.DecimalField(
        "motile sperm given, million", max_digits=9, decimal_places=2, null=True, blank=True
    )
    chance_percent = models.DecimalField(
        "the team's estimate of the chance, %", max_digits=4, decimal_places=1, null=True, blank=True
    )
    stimulus = models.BooleanField("mating stimulus imitated", null=True, blank=True)

    class Meta:
        ordering = ["procedure"]
        constraints = [
            one_of(
                "route",
                "vagina",
                "cervix",
                "laparoscopy",
                "oviduct",
                "other",
                name="insemination_route_known",
            ),
            models.CheckConstraint(
                condition=Q(dose_million__isnull=True) | Q(dose_million__gte=0),
                name="insemination_dose_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(chance_percent__isnull=True) | Q(chance_percent__gte=0, chance_percent__lte=100),
                name="insemination_chance_is_a_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"semen of {self.donor}, {self.get_route_display()}"


class GameteWork(models.Model):
    """Oocytes taken, and what became of them: how many matured, were fertilised, grew to embryos, were given to a female."""

    class What(models.TextChoices):
        OOCYTES = "oocytes", "oocytes collected"
        EMBRYOS = "embryos", "embryos made"
        TRANSFER = "transfer", "embryos transferred"
        OTHER = "other", "other"

    procedure = models.OneToOneField(
        Procedure, on_delete=models.PROTECT, primary_key=True, related_name="gametes"
    )
    what = models.CharField(max_length=8, choices=What.choices)
    sire = models.ForeignKey(
        Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="gamete_work_as_sire"
    )
    dam = models.ForeignKey(
        Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="gamete_work_as_dam"
    )
    oocytes = models.PositiveSmallIntegerField(null=True, blank=True)
    matured = models.PositiveSmallIntegerField(null=True, blank=True)
    fertilised = models.PositiveSmallIntegerField(null=True, blank=True)
    embryos = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["procedure"]
        constraints = [one_of("what", "oocytes", "embryos", "transfer", "other", name="gametes_what_known")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}"
