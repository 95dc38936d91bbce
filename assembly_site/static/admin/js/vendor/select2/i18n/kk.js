// What Select2 says in Kazakh, for its version 4.0.13 (the keys are its own).
(() => {
  const amd = window.jQuery?.fn?.select2?.amd;
  if (!amd) return;
  amd.define("select2/i18n/kk", [], () => ({
    errorLoading: () => "Нәтижелерді жүктеу мүмкін болмады",
    inputTooLong: ({ input, maximum }) => `${input.length - maximum} таңбаға қысқартыңыз`,
    inputTooShort: ({ minimum, input }) => `Тағы ${minimum - input.length} таңба жазыңыз`,
    loadingMore: () => "Тағы жүктеліп жатыр…",
    maximumSelected: ({ maximum }) => `Ең көбі ${maximum} нәрсе таңдауға болады`,
    noResults: () => "Ештеңе табылмады",
    removeAllItems: () => "Бәрін алып тастау",
    removeItem: () => "Алып тастау",
    search: () => "Іздеу",
    searching: () => "Ізделуде…",
  }));
})();
