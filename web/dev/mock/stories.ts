/** Texts for looking at the page without the service; written for this repository. */

export interface Story {
  title: string;
  author: string;
  language: "ko" | "jje";
  status: "queued" | "producing" | "paused" | "cancelled" | "failed" | "done";
  /** Part that is made. */
  made: number;
  tags?: string[];
  chapters: { title: string; paragraphs: [jeju: string, korean: string][][] }[];
}

const tale: Story["chapters"] = [
  {
    title: "산을 빚은 할머니",
    paragraphs: [
      [
        ["아주 먼 옛날, 바당 ᄒᆞᆫ가운디엔 아직 아무것도 읏어낫수다.", "아주 먼 옛날, 바다 한가운데에는 아직 아무것도 없었습니다."],
        ["하ᄂᆞᆯ광 물이 맞닿은 그듸 지레가 하ᄂᆞᆯ만이 큰 할망이 살아낫수다.", "하늘과 물이 맞닿은 그곳에 키가 하늘만큼 큰 할머니가 살았습니다."],
      ],
      [
        ["ᄒᆞ루는 할망이 치매통에 흑을 ᄀᆞ득 담았수다.", "하루는 할머니가 치마폭에 흙을 가득 담았습니다."],
        ["경ᄒᆞ연 바당을 성큼성큼 걸어완 ᄒᆞᆫ 밧듸 흑을 비왓수다.", "그리고 바다를 성큼성큼 걸어와 한곳에 흙을 부었습니다."],
        ["ᄂᆞᆷ덜은 그 산을 한락산이옌 불럿수다.", "사람들은 그 산을 한라산이라고 불렀습니다."],
      ],
      [["“ᄒᆞᆫ저 옵서예! 이레 왕 ᄒᆞᄊᆞᆯ 쉬엉 갑서.”", "“어서 오세요! 여기 와서 조금 쉬었다 가세요.”"]],
    ],
  },
  {
    title: "비단 백 동",
    paragraphs: [
      [["비단 벡 동", "비단 백 동"]],
      [
        ["할망은 한락산을 베영 누웡 두 발을 바당에 ᄃᆞᆼ갓수다.", "할머니는 한라산을 베고 누워 두 발을 바다에 담갔습니다."],
        ["ᄒᆞᆫ디 몸이 하도 커부난 옷 ᄒᆞᆫ 벌이 읏엇수다.", "하지만 몸이 너무 커서 옷이 한 벌도 없었습니다."],
      ],
      [["“나 옷 ᄒᆞᆫ 벌 멘들아 주민 육지ᄁᆞ지 ᄃᆞ리 놔 주켜.”", "“내 옷 한 벌 지어 주면 육지까지 다리를 놓아 주마.”"]],
    ],
  },
  {
    title: "물장오리",
    paragraphs: [
      [
        ["ᄒᆞᆫ 아이가 들엇수다.", "한 아이가 물었습니다."],
        ["“할마님, 물장오리에도 들어가 봅디가?”", "“할머니, 물장오리에도 들어가 보셨어요?”"],
        ["ᄇᆞ름이 부는 밤이민 할망이 ᄄᆞ시 흑을 날람신지 몰릅니다.", "바람이 부는 밤이면 할머니가 다시 흙을 나르고 있는지도 모릅니다."],
      ],
    ],
  },
];

const story = (
  title: string,
  author: string,
  status: Story["status"],
  made: number,
  language: Story["language"] = "ko",
): Story => ({ title, author, language, status, made, chapters: tale });

export const stories: Story[] = [
  { ...story("설문대할망", "코소롱", "done", 1), tags: ["민담"] },
  story("ᄇᆞ름 부는 날의 편지", "고은실", "producing", 0.4),
  story("오름에서 보낸 한 철", "강바당", "done", 1),
  story("해녀와 숨비소리, 그리고 어머니의 바다 이야기", "김물결", "paused", 0.7),
  story("ᄃᆞᆯ광 벨", "", "done", 1, "jje"),
  story("귤꽃 필 무렵", "오귤향", "failed", 0.2),
];
