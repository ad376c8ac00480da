import { Key20Regular } from '@fluentui/react-icons/svg/key';
import { dayAndClock } from '../format/dates';
import { Banner } from './Banner';
import { Button } from './Button';

export interface SignInBannerProps {
  /** Who has to sign in again. */
  person: string;
  /** Why the sign-in ended, or ''. */
  sentence: string;
  /** When what is on screen was read, RFC 3339 or ''. */
  last: string;
  signIn: () => void;
}

/** Stands over data whose sign-in has ended: it stays readable, and only its person brings it further. */
export function SignInBanner({ person, sentence, last, signIn }: SignInBannerProps) {
  return (
    <Banner
      label="Sign-in ended"
      icon={<Key20Regular aria-hidden="true" />}
      actions={
        <Button size="small" onClick={signIn}>
          {person ? `Sign in again as ${person}` : 'Sign in again'}
        </Button>
      }
    >
      {sentence || 'The sign-in of this connection has ended; what was loaded stays readable.'} {last && `What you see was read ${dayAndClock(last)}.`}
    </Banner>
  );
}
