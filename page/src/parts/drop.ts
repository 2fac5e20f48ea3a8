/** A file dropped anywhere on the page; without this the browser would leave the page for it. */
import { useEffect, useState } from 'preact/hooks';

/** Whether a file hangs over the page; `onFile` gets it when it falls. */
export function useDrop(onFile: (file: File) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const own = new AbortController();
    const { signal } = own;
    addEventListener(
      'dragover',
      (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal });
    addEventListener(
      'drop',
      (event) => {
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        event.preventDefault();
        onFile(file);
      },
      { signal },
    );
    return () => own.abort();
  }, [onFile]);
  return over;
}
