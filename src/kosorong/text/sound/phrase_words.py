"""The words by which `phrases` tells what is said as one, and where ㄴ is inserted.

The lists stand in `data/phrases.tsv`, whose head says what each is for. They are closed and short:
a pair of words that is not told by them stays apart, as it always did.
"""

from __future__ import annotations

from kosorong.text.sound.adnominal import END, JOSA
from kosorong.text.words import word_list

SINO = "[영공일이삼사오육칠팔구십백천만억조]"
TENS = word_list("phrases.tens")
ONES = word_list("phrases.ones")

COUNTED = word_list("phrases.counted")
"""Counters and nouns that are counted, by which a number is one phrase with them."""

COUNTED_WITH_NIEUN = word_list("phrases.counted-with-nieun")
"""Of these the first sound takes ㄴ (article 29: 3연대[삼년대])."""

STEMS = word_list("phrases.stems")
"""Verbs whose stem ends in a consonant and whose onset meets the stop before."""

STEM_ENDINGS = "는은을었았어아으고지다기던게습나네겠더거소엇앗언엄암엉앙인"

FORMS = word_list("phrases.verb-forms")
"""Verbs whose stem ends in a vowel or ㄹ, as they begin when written."""

CLOSE = word_list("phrases.close")
"""Words that are always one phrase with the word behind them."""

PLACES = word_list("phrases.places")
"""Nouns of place that stand behind another noun (article 15: 밭 아래, 늪 앞, 꽃 위)."""

BEFORE_PLACES = word_list("phrases.before-places")
"""Nouns that no particle is spelled like, and that meet a noun of place too: 문 앞 → 무 납."""

FIRST = word_list("phrases.before-nieun")
"""Nouns in ㄴ, ㄹ, ㅁ, ㅇ that no particle is spelled like, before a noun that takes ㄴ."""

OWN_PHRASE = word_list("phrases.own-phrase")
"""Words in a stop that close a phrase of their own."""

NIEUN_VERBS = word_list("phrases.nieun-verbs")
"""Verbs that take ㄴ (article 29: 옷 입다, 잘 입다). 있다 and 이다 never do: 값있는[가빈는]."""

NIEUN_NOUN = (
    f"(?:일(?:{JOSA}{END}|[이은을도만들과에의로입인밖처뿐][가-힣])|엿(?:{JOSA}{END})|입(?:{JOSA}{END}|에서)"
    f"|윷|육{END}|" + "|".join(word_list("phrases.nieun-nouns")) + ")"
)
"""Matches nouns that take ㄴ after an adnominal form, a native numeral or a determiner."""

ADNOMINAL_NIEUN = word_list("phrases.adnominal")
ADNOMINAL_NIEUN_ENDS = word_list("phrases.adnominal-ends")
"""Adnominal forms in ㄴ, whole or by their ends, that are no noun with the particle 은 or 는."""

RIEUL_NOUNS = word_list("phrases.rieul-nouns")
"""Nouns in ㄴ that an adnominal -(으)ㄹ turns into ㄹ (article 20): 할 노릇 → 할 로륻."""
