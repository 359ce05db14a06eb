import { describe, expect, test } from 'vitest';
import { LARGEST_CHAT, readChat } from '../../../../../src/modalities/text/chats/readChat';

const bytes = (text: string) => new TextEncoder().encode(text);
const chat = (name: string, text: string) => readChat(name, bytes(text));
const local = (...parts: [number, number, number, number, number, number?]) => {
  const [year, month, day, hour, minute, second = 0] = parts;
  return new Date(year, month - 1, day, hour, minute, second).getTime();
};

describe('logs of messengers', () => {
  test('WhatsApp on iOS: marks of direction, lines that go on, what nobody said', () => {
    const log = [
      '\u200e[31.12.23, 22:20:11] Ada: Happy new year!',
      'And health to all of you.',
      '[31.12.23, 22:21:00] Ben: \u200eimage omitted',
      '[31.12.23, 22:22:00] Ben: <Media omitted>',
      '[31.12.23, 22:23:09] Ben Smith: you too: a good one',
    ].join('\r\n');
    expect(chat('_chat.txt', log)).toEqual([
      { at: local(2023, 12, 31, 22, 20, 11), author: 'Ada', text: 'Happy new year!\nAnd health to all of you.' },
      { at: local(2023, 12, 31, 22, 23, 9), author: 'Ben Smith', text: 'you too: a good one' },
    ]);
  });

  test('WhatsApp on Android in America: months first, halves of the day', () => {
    const log = [
      '12/31/23, 10:20\u202fPM - Ada: See you',
      '1/2/24, 12:05 AM - Ben: Hi',
      '1/2/24, 12:06 AM - Ada changed this group’s icon',
    ].join('\n');
    expect(chat('WhatsApp Chat.txt', log)).toEqual([
      { at: local(2023, 12, 31, 22, 20), author: 'Ada', text: 'See you' },
      { at: local(2024, 1, 2, 0, 5), author: 'Ben', text: 'Hi' },
    ]);
  });

  test('years first', () => {
    expect(chat('log.txt', '2023-12-31 22:20 Ada: Hello')).toEqual([{ at: local(2023, 12, 31, 22, 20), author: 'Ada', text: 'Hello' }]);
  });

  test('a text that is no log is a message per line', () => {
    expect(chat('notes.txt', 'Slept well.\n\n  Rain again.  \n')).toEqual([
      { at: null, author: null, text: 'Slept well.' },
      { at: null, author: null, text: 'Rain again.' },
    ]);
  });
});

describe('tables', () => {
  test('columns by name, quotes, line ends inside of fields, seconds and dates', () => {
    const table = 'Date,From,Message\n2024-01-02T10:00:00Z,Ada,"Hello, ""you"",\nthere"\n1704189600,Ben,Fine\n,Ada,\n';
    expect(chat('chat.csv', table)).toEqual([
      { at: Date.UTC(2024, 0, 2, 10), author: 'Ada', text: 'Hello, "you",\nthere' },
      { at: 1_704_189_600_000, author: 'Ben', text: 'Fine' },
    ]);
  });
  test('tabs', () => expect(chat('chat.tsv', 'who\ttext\nAda\tHi')).toEqual([{ at: null, author: 'Ada', text: 'Hi' }]));
});

describe('JSON', () => {
  test('Telegram: pieces of text, senders by name', () => {
    const json = {
      name: 'Ben',
      messages: [
        { id: 1, type: 'service', action: 'pin_message' },
        { id: 2, date: '2024-01-02T10:00:00', from: 'Ada', text: ['Look: ', { type: 'link', text: 'here' }, '!'] },
        { id: 3, from: 'Ben', text: '' },
      ],
    };
    expect(chat('result.json', JSON.stringify(json))).toEqual([{ at: local(2024, 1, 2, 10, 0), author: 'Ada', text: 'Look: here!' }]);
  });

  test('Discord, Instagram, Slack: other names of the same things', () => {
    const discord = { messages: [{ timestamp: '2024-01-02T10:00:00Z', author: { name: 'ada', id: 1 }, content: 'Hi' }] };
    const instagram = {
      participants: [{ name: 'Ada' }, { name: 'Ben' }],
      messages: [{ sender_name: 'Ben', timestamp_ms: 1_704_189_600_000, content: 'Yo' }],
    };
    const slack = [{ user: 'U1', ts: '1704189600.0001', text: 'Morning' }];
    expect(chat('a.json', JSON.stringify(discord))).toEqual([{ at: Date.UTC(2024, 0, 2, 10), author: 'ada', text: 'Hi' }]);
    expect(chat('b.json', JSON.stringify(instagram))).toEqual([{ at: 1_704_189_600_000, author: 'Ben', text: 'Yo' }]);
    expect(chat('c.json', JSON.stringify(slack))[0]).toMatchObject({ author: 'U1', text: 'Morning' });
  });

  test('a list of texts, and JSON under another name', () => {
    expect(chat('x.txt', '["One", "Two"]').map(({ text }) => text)).toEqual(['One', 'Two']);
  });
});

test('UTF-16 is read', () => {
  const text = '\ufeffAda wrote this';
  const units = new Uint16Array([...text].map((character) => character.charCodeAt(0)));
  expect(readChat('notes.txt', new Uint8Array(units.buffer))[0]?.text).toBe('Ada wrote this');
});

describe('what cannot be read is told by its code', () => {
  test.each([
    ['a picture', 'chat.txt', Uint8Array.from({ length: 4000 }, (_, i) => (i * 89) % 256), 'chat/unknown-format'],
    ['half a JSON', 'chat.json', bytes('{"messages": [{"text": "a"'), 'chat/damaged'],
    ['a table of figures', 'chat.csv', bytes('a,b\n1,2'), 'chat/no-text-column'],
    ['nothing', 'chat.txt', bytes(' \n '), 'chat/empty'],
    ['JSON without messages', 'chat.json', bytes('{"a": 1}'), 'chat/empty'],
    ['too much', 'chat.txt', new Uint8Array(LARGEST_CHAT + 1), 'chat/too-large'],
  ])('%s', (_, name, content, code) => {
    expect(() => readChat(name, content)).toThrowError(expect.objectContaining({ code }));
  });
});

test('the largest file takes less than a moment, whatever is in it', () => {
  const line = '[31.12.23, 22:20:11] Ada: so happy\n';
  for (const text of [
    line.repeat(LARGEST_CHAT / line.length - 1),
    '['.repeat(100_000),
    '1/1/1'.repeat(200_000),
    `${' '.repeat(500_000)}x`,
  ]) {
    const started = performance.now();
    try {
      chat('chat.txt', text);
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^chat\//) as string });
    }
    expect(performance.now() - started).toBeLessThan(3000);
  }
});
