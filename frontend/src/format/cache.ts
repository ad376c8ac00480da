// Making an Intl formatter costs far more than using one, so each is made once per locale and options.

/** Remembers what `make` returned for a locale and a set of options. */
export function perLocale<O extends object, F>(make: (tag: string, options: O) => F): (tag: string, options: O) => F {
  const made = new Map<string, F>();
  return (tag, options) => {
    const key = `${tag}|${JSON.stringify(options)}`;
    let formatter = made.get(key);
    if (formatter === undefined) {
      formatter = make(tag, options);
      made.set(key, formatter);
    }
    return formatter;
  };
}
