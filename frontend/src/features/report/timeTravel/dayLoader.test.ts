import { describe, expect, it } from 'vitest';
import { DayLoader } from './dayLoader';

const later = () => new Promise<void>((done) => { setTimeout(done); });

function controlled() {
  const open = new Map<string, (text: string) => void>();
  const asked: string[] = [];
  const told: string[] = [];
  const loader = new DayLoader<string>(
    (day) => {
      asked.push(day);
      return new Promise((done, fail) => { open.set(day, (text) => (text === 'fail' ? fail(new Error('no')) : done(text))); });
    },
    2, 3,
  );
  loader.tell((day, loaded, fault) => told.push(fault ? `${day}!` : `${day}: ${loaded}`));
  const answer = async (day: string, text = `page of ${day}`) => {
    open.get(day)?.(text);
    await later();
  };
  return { loader, asked, told, answer };
}

describe('days to come', () => {
  it('are asked for a few at a time, the most urgent first', async () => {
    const { loader, asked, answer } = controlled();
    loader.want(['01', '02', '03', '04']);
    expect(asked).toEqual(['01', '02']);
    await answer('02');
    expect(asked).toEqual(['01', '02', '03']);
    expect([loader.get('01'), loader.get('02')]).toEqual([undefined, 'page of 02']);
  });
  it('are forgotten when others are wanted, and never asked for twice', async () => {
    const { loader, asked, answer } = controlled();
    loader.want(['01', '02', '03']);
    loader.want(['02', '09']);
    await answer('01');
    await answer('02');
    expect(asked).toEqual(['01', '02', '09']);
  });
  it('are kept near only', async () => {
    const { loader, answer } = controlled();
    loader.want(['01', '02', '03', '04']);
    await answer('01');
    await answer('02');
    await answer('03');
    await answer('04');
    expect(['01', '02', '03', '04'].map((d) => loader.get(d) !== undefined)).toEqual([false, true, true, true]);
  });
  it('that are refused are told, and may be asked for again', async () => {
    const { loader, asked, told, answer } = controlled();
    loader.want(['01']);
    await answer('01', 'fail');
    loader.want(['01']);
    expect([told, asked]).toEqual([['01!'], ['01', '01']]);
  });
  it('come too late after the end', async () => {
    const { loader, told, answer } = controlled();
    loader.want(['01']);
    loader.end();
    await answer('01');
    expect([told, loader.get('01')]).toEqual([[], undefined]);
  });
});
