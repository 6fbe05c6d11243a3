"""What was agreed about an initiative; each noun has a package of its own, with its verbs and its doors."""

from agreements.requirements.models import Requirement, RequirementQuestion, StandardRequirement

__all__ = ["Requirement", "RequirementQuestion", "StandardRequirement"]
