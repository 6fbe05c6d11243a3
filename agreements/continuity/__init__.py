"""How a plan stays alive: who carries it on, when that is looked at again, and who follows whom up."""
