interface Notes {
  /** Why something is left out; the service's own word where it is not here. */
  reasons: Record<string, string>;
  /** The service's sentence, `{}` for each value → the page's, `{0}` for the first value. */
  warnings: Record<string, string>;
  /** Languages and scripts of sentences. */
  languages: Record<string, string>;
  /** MARC relator codes of who made a source. */
  roles: Record<string, string>;
  /** Words inside the values. */
  values: Record<string, string>;
}

/** What the reader of a manuscript decided and left out, in Korean. */
export const notes: Notes = {
  reasons: {
    "HTML that is not text": "글이 아닌 HTML",
    "Hanja beside its reading": "독음에 딸린 한자",
    advertisement: "광고",
    annotation: "덧글",
    "author's name": "지은이 이름",
    "back matter": "뒷붙이",
    code: "코드",
    comment: "메모",
    "cover page": "표지",
    "deleted text": "지운 글",
    "file properties": "파일 정보",
    footnote: "주석",
    "footnote mark": "주석 표시",
    "foreign language": "외국어",
    "form field": "입력 칸",
    formula: "수식",
    "front matter": "앞붙이",
    "header or footer": "머리말과 꼬리말",
    hidden: "숨긴 글",
    image: "그림",
    imprint: "판권",
    index: "찾아보기",
    licence: "이용 허락",
    link: "링크 주소",
    "list mark": "목록 표시",
    media: "소리와 영상",
    ornament: "장식",
    "outside the reading order": "읽는 차례 밖",
    "page number": "쪽 번호",
    repetition: "되풀이",
    ruby: "루비",
    "source note": "출처",
    speaker: "말하는 사람 이름",
    "style or script": "모양과 스크립트",
    "switched off": "빼기로 한 장",
    table: "표",
    "table of contents": "차례",
    "time code": "시각 표시",
    "title page": "속표지",
    "unknown mark": "모르는 표시",
    "unpaired sound": "짝 없는 소리",
    "verse number": "절 번호",
  },
  warnings: {
    "Blank lines stand between paragraphs.": "빈 줄로 문단을 나누었습니다.",
    "Each line is a paragraph.": "한 줄을 한 문단으로 읽습니다.",
    "Each line is a sentence ({} of lines); grouped into paragraphs.":
      "한 줄이 한 문장이라({0}) 문단으로 묶었습니다.",
    "Lines are wrapped at {} columns; joined {}.": "{0}칸에서 꺾은 줄을 {1} 이었습니다.",
    "Read as {}.": "{0} 글자로 읽었습니다.",
    "No byte order mark; read as {}.": "표시가 없어 {0} 글자로 읽었습니다.",
    "The table of contents names few chapters; they follow the headings.":
      "차례에 적힌 장이 적어 제목을 따라 장을 나누었습니다.",
    "{}: a field or a deletion never ends; it is ended with its paragraph.":
      "{0}: 끝나지 않는 필드나 삭제 표시를 문단 끝에서 맺었습니다.",
    "A style sheet was not read: {}": "모양 파일 하나를 읽지 못했습니다: {0}",
    "The cover is left out. {}": "표지를 뺐습니다. {0}",
    "The cover {} is too large to be drawn as PNG and is left out.":
      "표지 {0}은(는) PNG로 그리기에 너무 커서 뺐습니다.",
    "The file ends in half a character.": "파일이 글자 반쪽에서 끝납니다.",
    "The file ends in the middle of a character.": "파일이 글자 가운데에서 끝납니다.",
    "{} NUL characters were left out.": "NUL 글자 {0}개를 뺐습니다.",
    "{} control characters were left out.": "제어 글자 {0}개를 뺐습니다.",
    "{} damaged places became U+FFFD, the first in line {}.":
      "깨진 곳 {0}군데를 � 로 적었습니다. 처음은 {1}째 줄입니다.",
    "{} halves of characters (lone surrogates) became U+FFFD.":
      "글자 반쪽 {0}개를 � 로 적었습니다.",
    "{} control characters or halves of characters were left out of the text":
      "제어 글자나 글자 반쪽 {0}개를 뺐습니다.",
    "Its sentences are {}; it is read as {}.":
      "문장을 보면 {0}입니다. {1} 글로 읽습니다.",
    "Neither Korean nor Jeju: its sentences are {}.":
      "한국어도 제주말도 아닙니다. 문장을 보면 {0}입니다.",
    "Some sentences are neither Korean nor Jeju: {}.":
      "한국어도 제주말도 아닌 문장이 있습니다: {0}.",
    "the file says its language is '{}'; it is read as Korean":
      "파일에는 ‘{0}’로 쓴 글이라 적혀 있지만 한국어로 읽습니다.",
    "The EPUB carries a licence file ({}), but its text is not encrypted.":
      "EPUB에 이용 허락 파일({0})이 있지만 글은 잠겨 있지 않습니다.",
    "The EPUB holds {} versions of the book; the first was read.":
      "EPUB에 책이 {0}벌 들어 있어 첫째를 읽었습니다.",
    "The spine names {}, which is not in the EPUB; left out.":
      "읽는 차례에 있는 {0}가 EPUB에 없어 뺐습니다.",
    "There is no table of contents; chapters follow the headings.":
      "차례가 없어 제목대로 장을 나누었습니다.",
    "{} is missing; the package was looked for by its name.": "{0}가 없어 이름으로 찾았습니다.",
    "Several files of the EPUB have the same name; the last of each was read.":
      "EPUB에 이름이 같은 파일이 있어 마지막 것을 읽었습니다.",
    "The table of contents points to {}#{}, which is missing; the chapter begins with the file.":
      "차례가 가리키는 {0}#{1}가 없어 파일 첫머리에서 장을 시작합니다.",
    "{} is not well-formed ({}); read as browsers do.":
      "{0}의 짜임이 어긋나({1}) 브라우저처럼 읽었습니다.",
    "chapter {}, paragraph {}": "{0}장 {1}째 문단",
    "chapter {}": "{0}장",
  },
  languages: { ko: "한국어", jje: "제주말", latin: "로마자로 쓴 말", japanese: "일본어", cjk: "중국어" },
  roles: {
    aut: "지은이",
    trl: "옮긴이",
    ill: "그린이",
    art: "그린이",
    edt: "엮은이",
    com: "엮은이",
    nrt: "읽은이",
    pht: "찍은이",
    ctb: "도운이",
    pbl: "펴낸이",
  },
  values: {
    "a language in Latin letters": "로마자로 쓴 말",
    Korean: "한국어",
    Jeju: "제주말",
    Japanese: "일본어",
    Chinese: "중국어",
    arabic: "아랍 글자",
    cyrillic: "키릴 글자",
    greek: "그리스 글자",
    hebrew: "히브리 글자",
    thai: "타이 글자",
    devanagari: "데바나가리 글자",
    "without a space": "빈칸 없이",
    "with a space": "빈칸을 두고",
  },
};
