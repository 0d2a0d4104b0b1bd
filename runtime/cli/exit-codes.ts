export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;
/** 128 + the number of SIGINT: what shells report. */
export const EXIT_INTERRUPTED = 130;
