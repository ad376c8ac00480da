// Which day the whole page shows, when it is not today, under the title.
import { History20Regular } from '@fluentui/react-icons/svg/history';
import { clock, day as shortDay } from '../../../format/dates';
import { locale } from '../../../format/locale';
import { Button } from '../../../ui/Button';
import { isDay } from './days';
import styles from './TimeBar.module.css';
import { texts } from './texts';

interface TimeSentenceProps {
  /** A day or an instant; '' is today. */
  when: string;
  /** The second day; '' is none. */
  compared: string;
  zone: string;
  back: () => void;
}

export function TimeSentence({ when, compared, zone, back }: TimeSentenceProps) {
  return (
    <div className={styles.sentence}>
      <History20Regular aria-hidden="true" />
      <span>
        {texts.showsInstant} <b>{when === '' ? texts.today.toLocaleLowerCase() : fullDay(when, zone)}</b>
        {isDay(when) && `, ${texts.shows[1]}`}
        {compared !== '' && (
          <>
            , {texts.compared} <b>{shortDay(compared, undefined, zone)}</b>
          </>
        )}
      </span>
      <Button look="link" className={styles.back} onClick={back}>
        {texts.backToToday}
      </Button>
    </div>
  );
}

/** 7 October 2026; of an instant with its time. */
export function fullDay(when: string, zone: string): string {
  const instant = !isDay(when);
  const text = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year: 'numeric', timeZone: instant ? zone || undefined : 'UTC' }).format(new Date(instant ? when : `${when}T00:00:00Z`));
  return instant ? `${text}, ${clock(when, zone)}` : text;
}
