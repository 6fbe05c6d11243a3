"""Other words for the same thing."""

from dutch.synonyms import instead


def test_the_rest_of_the_text_stays():
    assert "een vlooienmarkt in Noord" in instead("een rommelmarkt in Noord")


def test_what_the_word_itself_would_find_is_not_offered():
    assert "gemeenschapstuin" in instead("moestuinen")
    assert not {"moestuin", "buurtmoestuin", "moestuinproject"} & set(instead("moestuinen"))


def test_two_words_are_a_term_before_each_of_them():
    assert "vereenzaming" in instead("sociaal isolement")


def test_there_is_nothing_to_say_of_what_is_no_term():
    assert instead("de het een") == instead("xylofoonorkest") == instead("") == instead("%_") == []
