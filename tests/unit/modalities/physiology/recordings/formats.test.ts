import { describe, expect, test } from 'vitest';
import { APPLE_BEATS, appleExport, DAY, fileOf, fitFile, pointsOf, readFiles } from './support';

const MINUTE: [number, number][] = Array.from({ length: 60 }, (_, i) => [DAY + i * 1000, 60 + (i % 7)]);

describe('Apple Health', () => {
  test.each([7, 64, 4096])('heart rates between records of other kinds, in chunks of %i bytes', async (chunk) => {
    const { recording } = await readFiles(fileOf('export.xml', appleExport(MINUTE), chunk));
    expect(recording).toMatchObject({ format: 'apple-health', isDated: true, isDamaged: false, isCut: false });
    expect(pointsOf(recording.heartRate)).toEqual(MINUTE);
  });

  test('beats of a variability record, a pause left open', async () => {
    const text = appleExport([]).replace('</HealthData>', `${APPLE_BEATS}</HealthData>`);
    const { recording } = await readFiles(fileOf('export.xml', text));
    expect(recording.rr.length).toBe(3);
    expect(pointsOf(recording.rr).map(([at, rr]) => [at - DAY, rr])).toEqual([
      [10_840, 840],
      [11_660, 820],
      [18_760, 860],
    ]);
  });

  test('sources that are mixed come out in time order, a second rate of the same time left out', async () => {
    const { recording } = await readFiles(fileOf('export.xml', appleExport([...MINUTE.slice(30), ...MINUTE.slice(0, 30), [DAY, 99]])));
    expect(pointsOf(recording.heartRate)).toEqual(MINUTE);
  });
});

describe('Fitbit', () => {
  const stamp = (at: number) => {
    const iso = new Date(at).toISOString();
    return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
  };

  test.each([5, 64, 4096])('the archive, times in UTC, in chunks of %i bytes', async (chunk) => {
    const text = JSON.stringify(
      MINUTE.map(([at, bpm]) => ({ dateTime: stamp(at), value: { bpm, confidence: 3 } })),
      null,
      2,
    );
    const { recording } = await readFiles(fileOf('heart_rate-2024-03-05.json', text, chunk));
    expect(recording).toMatchObject({ format: 'fitbit', isDamaged: false });
    expect(pointsOf(recording.heartRate)).toEqual(MINUTE);
  });

  test('the intraday answer: a day, then the clock of the wearer', async () => {
    const text = JSON.stringify({
      'activities-heart': [{ dateTime: '2024-03-05', value: { customHeartRateZones: [], restingHeartRate: 58 } }],
      'activities-heart-intraday': {
        dataset: [
          { time: '08:00:01', value: 64 },
          { time: '08:00:06', value: 66 },
        ],
        datasetInterval: 1,
      },
    });
    const { recording } = await readFiles(fileOf('day.json', text));
    const midnight = new Date(2024, 2, 5).getTime();
    expect(pointsOf(recording.heartRate)).toEqual([
      [midnight + 28_801_000, 64],
      [midnight + 28_806_000, 66],
    ]);
  });

  test('the newer archive is a table', async () => {
    const rows = MINUTE.map(([at, bpm]) => `${new Date(at).toISOString().replace('.000', '')},${bpm}`);
    const { recording } = await readFiles(fileOf('heart_rate_2024-03-05.csv', `timestamp,beats per minute\r\n${rows.join('\r\n')}\r\n`));
    expect(recording.format).toBe('table');
    expect(pointsOf(recording.heartRate)).toEqual(MINUTE);
  });
});

describe('tables', () => {
  test('Polar: the start stands above, rows tell the time since then', async () => {
    const text = `Name,Sport,Date,Start time,Duration,Average heart rate (bpm)\n"Doe, J",RUNNING,05-03-2024,08:00:00,00:00:03,63\nSample rate,Time,HR (bpm),Speed (km/h)\n1,00:00:00,61,\n1,00:00:01,62,\n1,00:00:02,,\n1,00:00:03,64,\n`;
    const { recording } = await readFiles(fileOf('polar.csv', text));
    const start = new Date(2024, 2, 5, 8).getTime();
    expect(pointsOf(recording.heartRate)).toEqual([
      [start, 61],
      [start + 1000, 62],
      [start + 3000, 64],
    ]);
  });

  test('Polar sensor logger: semicolons, beats in ms', async () => {
    const text = 'Phone timestamp;HR [bpm];RR-interval [ms]\n2024-03-05T08:00:01Z;61;980\n2024-03-05T08:00:02Z;62;975\n';
    const { recording } = await readFiles(fileOf('hr.txt', text));
    expect(pointsOf(recording.heartRate)).toEqual([
      [DAY + 1000, 61],
      [DAY + 2000, 62],
    ]);
    expect(pointsOf(recording.rr)).toEqual([
      [DAY + 1000, 980],
      [DAY + 2000, 975],
    ]);
  });

  test("Garmin's converter: a row per message", async () => {
    const seconds = DAY / 1000 - 631_065_600;
    const text = `Type,Local Number,Message,Field 1,Value 1,Units 1,Field 2,Value 2,Units 2\nDefinition,0,record,timestamp,1,,heart_rate,1,\nData,0,record,timestamp,"${seconds}",s,heart_rate,"71",bpm\nData,0,record,timestamp,"${seconds + 1}",s,distance,"3",m\nData,0,event,timestamp,"${seconds + 2}",s,heart_rate,"99",bpm\n`;
    const { recording } = await readFiles(fileOf('activity.csv', text));
    expect(pointsOf(recording.heartRate)).toEqual([[DAY, 71]]);
  });

  test('seconds since a start that nobody names: undated', async () => {
    const { recording } = await readFiles(fileOf('session.csv', 'time,hr,eda,temp\n0,70,2.5,33.1\n1,71,2.6,33.2\n2,abc,,\n'));
    expect(recording.isDated).toBe(false);
    expect(pointsOf(recording.heartRate)).toEqual([
      [0, 70],
      [1000, 71],
    ]);
    expect(pointsOf(recording.eda)).toEqual([
      [0, 2.5],
      [1000, 2.6],
    ]);
    expect(pointsOf(recording.skinTemperature)).toEqual([
      [0, 33.1],
      [1000, 33.2],
    ]);
  });

  test('beat intervals alone, in ms and in seconds', async () => {
    const { recording: inMs } = await readFiles(fileOf('rr.txt', '800\n810\n790\n805\n'));
    const { recording: inSeconds } = await readFiles(fileOf('rr.txt', '0.800\n0.810\n0.790\n0.805\n'));
    expect(pointsOf(inMs.rr)).toEqual([
      [800, 800],
      [1610, 810],
      [2400, 790],
      [3205, 805],
    ]);
    expect(pointsOf(inSeconds.rr).map(([, rr]) => rr)).toEqual([800, 810, 790, 805]);
  });
});

describe('FIT and TCX', () => {
  test.each([
    [3, true],
    [64, false],
    [5000, true],
  ] as const)('records and beats, chunks of %i bytes', async (chunk, isLittleEndian) => {
    const samples = MINUTE.map(([at, bpm]) => ({ second: at / 1000, bpm, beats: [490, 510] }));
    const { recording } = await readFiles(fileOf('morning.fit', fitFile(samples, { isLittleEndian }), chunk));
    expect(recording).toMatchObject({ format: 'fit', isDamaged: false });
    expect(pointsOf(recording.heartRate)).toEqual(MINUTE);
    expect(recording.rr.length).toBe(120);
    expect(pointsOf(recording.rr).slice(0, 2)).toEqual([
      [DAY + 490, 490],
      [DAY + 1000, 510],
    ]);
  });

  test('two FIT files in one, invalid rates left out', async () => {
    const one = fitFile([{ second: DAY / 1000, bpm: 61 }, { second: DAY / 1000 + 1 }]);
    const two = fitFile([{ second: DAY / 1000 + 60, bpm: 65 }]);
    const { recording } = await readFiles(fileOf('both.fit', Uint8Array.from([...one, ...two])));
    expect(recording.isDamaged).toBe(false);
    expect(pointsOf(recording.heartRate)).toEqual([
      [DAY, 61],
      [DAY + 60_000, 65],
    ]);
  });

  test('track points of a TCX', async () => {
    const points = MINUTE.map(
      ([at, bpm]) =>
        `<Trackpoint>\n<Time>${new Date(at).toISOString()}</Time><AltitudeMeters>12</AltitudeMeters><HeartRateBpm xsi:type="HeartRateInBeatsPerMinute_t"><Value>${bpm}</Value></HeartRateBpm>\n</Trackpoint>`,
    );
    const text = `<?xml version="1.0"?><TrainingCenterDatabase xmlns="x"><Track>${points.join('')}<Trackpoint><Time>2024-03-05T09:00:00Z</Time></Trackpoint></Track></TrainingCenterDatabase>`;
    const { recording } = await readFiles(fileOf('run.tcx', text, 100));
    expect(pointsOf(recording.heartRate)).toEqual(MINUTE);
  });
});

describe('Empatica', () => {
  const start = DAY / 1000;
  const session = () => [
    fileOf('HR.csv', `${start}.000000\n1.000000\n61.5\n62.25\n`),
    fileOf('IBI.csv', `${start}.000000, IBI\n1.5,0.8125\n2.25,0.75\n`),
    fileOf('EDA.csv', `${start}.000000\n4.000000\n0.5\n0.6\n0.7\n0.8\n`),
    fileOf('TEMP.csv', `${start}.000000\n4.000000\n33.41\n33.43\n`),
    fileOf('BVP.csv', `${start}.000000\n64.000000\n${Array.from({ length: 5000 }, (_, i) => (i % 50) / 10).join('\n')}\n`),
    fileOf('ACC.csv', `${start}.000000, ${start}.000000, ${start}.000000\n32.000000, 32.000000, 32.000000\n0,0,64\n0,32,64\n`),
  ];

  test('all files of a folder, and others in it skipped', async () => {
    const { recording, skipped } = await readFiles(
      fileOf('tags.csv', `${start + 1}.21\n`),
      fileOf('info.txt', '.csv files in this archive'),
      ...session(),
    );
    expect(skipped).toEqual(['tags.csv', 'info.txt']);
    expect(recording).toMatchObject({ format: 'empatica', isDamaged: false });
    expect(pointsOf(recording.heartRate)).toEqual([
      [DAY, 61.5],
      [DAY + 1000, 62.25],
    ]);
    expect(pointsOf(recording.rr)).toEqual([
      [DAY + 1500, 812.5],
      [DAY + 2250, 750],
    ]);
    expect(pointsOf(recording.eda).map(([at]) => at - DAY)).toEqual([0, 250, 500, 750]);
    expect(pointsOf(recording.skinTemperature)[1]).toEqual([DAY + 250, 33.43]);
    expect(recording.ppg.map(({ startAt, samples }) => [startAt - DAY, samples.length])).toEqual([
      [0, 4096],
      [64_000, 904],
    ]);
    expect(recording.acceleration[0]?.map(({ samples }) => [...samples])).toEqual([
      [0, 0],
      [0, 0.5],
      [1, 1],
    ]);
  });

  test('a pulse wave alone gives beats', async () => {
    const wave = Array.from({ length: 64 * 60 }, (_, i) => (100 * Math.exp(-((((i / 64) % 0.8) - 0.2) ** 2) / 0.005)).toFixed(2));
    const { recording } = await readFiles(fileOf('BVP.csv', `${start}\n64\n${wave.join('\n')}\n`));
    expect(recording.rr.length).toBeGreaterThan(60);
    for (const [, rr] of pointsOf(recording.rr)) expect(rr).toBeCloseTo(800, -1.3);
  });
});
