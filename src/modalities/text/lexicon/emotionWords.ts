import type { Emotion } from '../../../core/emotion';

export type Named = Exclude<Emotion, 'neutral'>;

/**
 * Words that name or show one emotion. Valence lists know pleasant from unpleasant only; these tell apart what is unpleasant. Our own
 * choice. A trailing `*` stands for any ending; the ending is closed where a longer word means something else ("numb", "number").
 */
const WORDS: Readonly<Record<Named, string>> = {
  happiness: `happy happier happiest happily happiness joy joys joyful* joyous* glad gladly delight* cheer cheers cheerful* cheering smile*
    smiling grin grins grinning laugh* lol lmao lmfao rofl haha* hehe* yay* woohoo* hooray hurray love loves loved loving lovely beloved
    adore* excite* exciting thrill* proud* grateful* gratitude thank thanks thankful* thx ty relief relieved hope hopes hopeful* hoping fun
    funny funniest hilarious amusing great awesome amaz* wonderful* beautiful* fantastic* brilliant delicious contented enjoy* celebrat* hug
    hugs hugging kiss* bliss* ecstatic overjoyed elated stoked hyped psyched vibing yass*`,
  sadness: `sad sadder saddest sadly sadness sadden* cry cries cried crying tear tears tearful* weep* wept sob sobs sobbing sobbed grief
    griev* mourn* lonel* alone miss missed missing depress* unhapp* heartbr* broken hopeless* miser* sorry regret* disappoint* dishearten*
    gloom* loss lost die dies died dying death dead funeral empty emptiness numb numbness ashamed guilt guilty embarrass* pensive downcast
    tired exhausted homesick sorrow* melanchol* devastat* bummed bummer hurts abandoned unloved disheartened`,
  anger: `anger* angr* angry mad fury furious* rage raging hate hates hated hating hatred annoy* irritat* pissed outrag* resent*
    frustrat* idiot* stupid* moron* wtf bullshit unfair* betray* jerk jerks asshole* bastard* insult* revenge livid pouting unacceptable
    infuriat* disrespect* unamused enraged rude hostile fuming`,
  fear: `fear fears feared fearful* fearing afraid scare scares scared scaring scary scariest terrif* terror* fright* panic* anxi* worr* nerv*
    dread dreads dreaded dreading horror* horrif* threat* danger* creepy nightmare* trembl* stressed stressful overwhelm* unsafe phobi*
    petrif* spooky monster monsters haunt*`,
  disgust: `disgust* gross grosser grossest grossed yuck* eww* ew nause* vomit* puk* revolting repuls* filth* sicken* vile rotten stink*
    stench nasty foul loath* appall* mouldy moldy gag gagging icky`,
  surprise: `surpris* astonish* shock* wow* omg omfg whoa* unexpected* unbeliev* stunned stunning startl* speechless astounded amazement
    flabbergast* hushed flushed gobsmacked`,
};

interface Stem {
  readonly emotion: Named;
  readonly stem: string;
}

const WHOLE = new Map<string, Named>();
const OPEN: Stem[] = [];
for (const [emotion, words] of Object.entries(WORDS)) {
  for (const word of words.split(/\s+/)) {
    if (word.endsWith('*')) OPEN.push({ emotion: emotion as Named, stem: word.slice(0, -1) });
    else WHOLE.set(word, emotion as Named);
  }
}

/** Which emotion a lower-case word stands for; of beginnings the longest that fits; null for most words. */
export function emotionOfWord(word: string): Named | null {
  const whole = WHOLE.get(word);
  if (whole) return whole;
  const fitting = OPEN.filter(({ stem }) => word.startsWith(stem));
  return fitting.reduce<Stem | null>((best, one) => (best && best.stem.length >= one.stem.length ? best : one), null)?.emotion ?? null;
}

/** Parts of the names of emoji that say more than their single words, first hit wins. */
const EMOJI_PARTS: readonly (readonly [part: string, emotion: Named])[] = [
  ['tears of joy', 'happiness'],
  ['broken heart', 'sadness'],
  ['rolling eyes', 'anger'],
  ['steam from nose', 'anger'],
  ['symbols on mouth', 'anger'],
  ['sad but relieved', 'sadness'],
  ['cold sweat', 'fear'],
  ['screaming', 'fear'],
  ['exploding head', 'surprise'],
  ['party', 'happiness'],
  ['smil', 'happiness'],
  ['grin', 'happiness'],
  ['frowning', 'sadness'],
  ['crying', 'sadness'],
  ['open mouth', 'surprise'],
  ['heart', 'happiness'],
];

/** @param name as the list of emoji has it, e.g. 'face with tears of joy' */
export function emotionOfEmoji(name: string): Named | null {
  const part = EMOJI_PARTS.find(([known]) => name.includes(known));
  if (part) return part[1];
  return (
    name
      .split(' ')
      .map(emotionOfWord)
      .findLast((emotion) => emotion !== null) ?? null
  );
}

const EMOTICONS: readonly (readonly [shape: RegExp, emotion: Named])[] = [
  [/^>[:;=]/, 'anger'],
  [/^[:;=8x]['’]?-?[)\]d3p*]+$|^<3+$|^\^_*\^$|^\(:$/i, 'happiness'],
  [/^[:;=]['’]?-?[([/\\|]+$|^\):$|^t_t$|^<\/3$/i, 'sadness'],
  [/^[:=]-?[o0]$|^o_o$/i, 'surprise'],
];

/** @param sign as it was typed, e.g. ':-(' */
export const emotionOfEmoticon = (sign: string): Named | null => EMOTICONS.find(([shape]) => shape.test(sign))?.[1] ?? null;
