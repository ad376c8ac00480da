// What is going on before the identity is known, in words.
import type { AttemptView, Rung } from '../../../backend/types';
import { waiting as texts } from './texts';

const opened: Record<Rung, string> = {
  '': texts.isolated,
  isolated: texts.isolated,
  isolatedWithoutPrivate: texts.withoutPrivate,
  ephemeral: texts.ephemeral,
  system: texts.system,
  copyLink: texts.copyLink,
  deviceCode: texts.codeText,
  token: '',
  silent: '',
};

/** The title and the sentence of a phase on its rung. */
export function saying(attempt: AttemptView): { title: string; text: string } {
  const { organization, rung } = attempt;
  const address = attempt.url.replace(/^https?:\/\//, '');
  const sample = attempt.source === 'sample' || attempt.source === 'sampleSignIn';
  switch (attempt.phase) {
    case 'opening':
      return { title: texts.opening, text: rung === 'system' ? texts.openingSystem : texts.openingText };
    case 'waiting':
      return { title: rung === 'deviceCode' ? texts.code : texts.waiting, text: [attempt.notice, opened[rung]].filter(Boolean).join(' ') };
    case 'token':
      return { title: texts.token, text: texts.provingText(organization) };
    case 'proving':
      if (rung === 'silent') return { title: texts.silent, text: texts.silentText(organization) };
      return { title: texts.proving, text: organization ? texts.provingText(organization) : texts.provingAccount };
    default:
      if (sample) return { title: texts.sample, text: '' };
      return { title: texts.discovering, text: address ? texts.discoveringText(address) : '' };
  }
}

/** The window that a rung opened. */
export function windowWords({ rung, browser }: Pick<AttemptView, 'rung' | 'browser'>): string {
  switch (rung) {
    case 'copyLink':
    case 'deviceCode':
    case 'token':
    case 'silent':
      return texts.windowNone;
    case 'system':
      return texts.windowSystem(browser);
    case 'ephemeral':
      return texts.windowEphemeral;
    case 'isolatedWithoutPrivate':
      return texts.windowWithoutPrivate(browser);
    default:
      return texts.windowIsolated(browser);
  }
}

export type Claim = 'isolated' | 'notProved' | 'notClaimed' | 'none';

/** What is claimed about a window: isolation only where it was verified; never for the person's own browser or another device. */
export function claimOf({ rung, isolated }: Pick<AttemptView, 'rung' | 'isolated'>): Claim {
  switch (rung) {
    case 'system':
    case 'deviceCode':
    case 'copyLink':
      return 'notClaimed';
    case 'token':
    case 'silent':
      return 'none';
    default:
      return isolated ? 'isolated' : 'notProved';
  }
}
