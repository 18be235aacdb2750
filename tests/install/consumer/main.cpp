// Loads the policy set named on the command line and asks for one use of data: no before the customer was asked, yes
// after she said yes, no again after she took it back. Exits 0 only if all three are so.
#include <cstdio>
#include <vector>
#include <zweck/zweck.hpp>

namespace {

using Kind = zweck::LedgerEvent::Kind;

zweck::LedgerEvent consent(Kind kind, std::int64_t hour, zweck::Time start) {
  zweck::LedgerEvent event;
  event.kind = kind;
  event.data = {"wardrobe"};
  event.purpose = {"recommendation"};
  event.partner = {"shop"};
  event.at = {start.microseconds + hour * 3600 * zweck::microseconds_per_second};
  if (kind == Kind::consent_given) {
    event.notice = "fit-advice";
    event.version = 2;
  }
  return event;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto loaded = zweck::Engine::load(argv[1]);
  if (!loaded) {
    std::fputs(zweck::render(loaded.diagnostics()).c_str(), stderr);
    return 2;
  }
  const zweck::Engine& engine = *loaded;
  const auto wardrobe = engine.data("wardrobe");
  const auto recommendation = engine.purpose("recommendation");
  const auto shop = engine.partner("shop");
  if (!wardrobe || !recommendation || !shop) return 3;

  zweck::Facts facts = engine.facts();
  if (!facts.set("age", 30)) return 4;
  if (facts.set("age", "thirty")) return 5;

  const zweck::Time start = zweck::Time::now();
  const zweck::Time later{start.microseconds + 24 * 3600 * zweck::microseconds_per_second};
  std::vector<zweck::LedgerEvent> ledger;
  const char* const when[] = {"before she was asked", "after her yes", "after she took it back"};
  bool right = true;
  for (int step = 0; step < 3; ++step) {
    if (step == 1) ledger.push_back(consent(Kind::consent_given, 1, start));
    if (step == 2) ledger.push_back(consent(Kind::consent_withdrawn, 2, start));
    const auto anna = engine.subject(ledger, later);
    if (!anna) {
      std::fputs(zweck::render(anna.diagnostics()).c_str(), stderr);
      return 6;
    }
    const zweck::Decision decision = engine.decide({*wardrobe, *recommendation, *shop}, facts, *anna);
    std::printf("%s: %s\n", when[step], zweck::name_of(decision.status()).data());
    right = right && static_cast<bool>(decision) == (step == 1);
  }
  return right ? 0 : 1;
}
