package peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sapl.api.pdp.AuthorizationSubscription;
import io.sapl.api.pdp.Decision;
import io.sapl.interpreter.DefaultSAPLInterpreter;
import io.sapl.interpreter.combinators.PolicyDocumentCombiningAlgorithm;
import io.sapl.interpreter.functions.AnnotationFunctionContext;
import io.sapl.interpreter.pip.AnnotationAttributeContext;
import io.sapl.pdp.EmbeddedPolicyDecisionPoint;
import io.sapl.pdp.config.PDPConfiguration;
import io.sapl.prp.PolicyRetrievalPoint;
import io.sapl.prp.PrpUpdateEvent;
import io.sapl.prp.index.UpdateEventDrivenPolicyRetrievalPoint;
import io.sapl.prp.index.canonical.CanonicalImmutableParsedDocumentIndex;
import io.sapl.prp.index.naive.NaiveImmutableParsedDocumentIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/**
 * peer.Main DIR canonical|naive: decides DIR/requests.jsonl by DIR/sapl with a decision point in process and one of its two
 * indexes; each request's subscription is made beforehand.
 */
public final class Main {
  private static final ObjectMapper json = new ObjectMapper();

  private static AuthorizationSubscription subscription(String line) throws Exception {
    ObjectNode request = (ObjectNode) json.readTree(line);
    ObjectNode subject = request.deepCopy().remove(List.of("data", "purpose", "partner", "allowed", "sensitivity", "special"));
    subject.set("above", request.get("above").get("partner"));
    ObjectNode action = json.createObjectNode().set("above", request.get("above").get("purpose"));
    ObjectNode resource = json.createObjectNode().set("above", request.get("above").get("data"));
    resource.set("sensitivity", request.get("sensitivity"));
    resource.set("special", request.get("special"));
    return new AuthorizationSubscription(subject, action, resource, json.nullNode());
  }

  private static double held() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20);
  }

  private static EmbeddedPolicyDecisionPoint load(Path policies, boolean canonical) throws Exception {
    var functions = new AnnotationFunctionContext();
    var attributes = new AnnotationAttributeContext();
    var interpreter = new DefaultSAPLInterpreter();
    var updates = new ArrayList<PrpUpdateEvent.Update>();
    for (String policy : Files.readAllLines(policies)) {
      var document = interpreter.parseDocument(policy);
      if (document.isInvalid()) throw new IllegalArgumentException(document.errorMessage() + " in " + policy);
      updates.add(new PrpUpdateEvent.Update(PrpUpdateEvent.Type.PUBLISH, document));
    }
    UpdateEventDrivenPolicyRetrievalPoint empty =
        canonical ? new CanonicalImmutableParsedDocumentIndex(attributes, functions) : new NaiveImmutableParsedDocumentIndex();
    PolicyRetrievalPoint index = empty.apply(new PrpUpdateEvent(updates));
    var configuration = new PDPConfiguration("peer", attributes, functions, Map.of(),
        PolicyDocumentCombiningAlgorithm.DENY_OVERRIDES, UnaryOperator.identity(), UnaryOperator.identity(), index);
    return new EmbeddedPolicyDecisionPoint(() -> Flux.just(configuration));
  }

  /**
   * Asks all requests again and again: first to warm up, then with each decision measured, all requests at least once. Where
   * that takes too long, only the first of them are asked.
   */
  private static void measure(ObjectNode line, int count, IntPredicate decide) {
    final long warmUp = 10_000_000_000L, enough = 5_000_000_000L, tooLong = 60_000_000_000L;
    final int least = 20;
    long start = System.nanoTime();
    for (int i = 0; System.nanoTime() - start < warmUp; i = (i + 1) % count) decide.test(i);
    long[] times = new long[1 << 20];
    int samples = 0;
    var decisions = new StringBuilder();
    start = System.nanoTime();
    while (samples == 0 || (System.nanoTime() - start < enough && samples + count <= times.length)) {
      for (int i = 0; i < count; ++i) {
        if (samples == i && i >= least && System.nanoTime() - start > tooLong) {
          line.put("asked", i);
          break;
        }
        long before = System.nanoTime();
        boolean allowed = decide.test(i);
        times[samples++] = System.nanoTime() - before;
        if (decisions.length() < count) decisions.append(allowed ? '1' : '0');
      }
    }
    Arrays.sort(times, 0, samples);
    line.put("mean_ns", Arrays.stream(times, 0, samples).average().orElse(0));
    line.put("p50_ns", times[(int) ((samples - 1) * 0.50)]).put("p99_ns", times[(int) ((samples - 1) * 0.99)]);
    line.put("samples", samples).put("decisions", decisions.toString());
    System.out.println(line);
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    boolean canonical = arguments[1].equals("canonical");
    var subscriptions = new ArrayList<AuthorizationSubscription>();
    for (String line : Files.readAllLines(directory.resolve("requests.jsonl"))) subscriptions.add(subscription(line));

    double before = held();
    long start = System.nanoTime();
    var point = load(directory.resolve("sapl/policies.sapl"), canonical);
    double loaded = (System.nanoTime() - start) / 1e6;
    ObjectNode line = json.createObjectNode().put("peer", "SAPL").put("version", "3.0.0")
        .put("how", canonical ? "canonical index" : "no index").put("load_ms", loaded).put("memory_mib", held() - before);
    measure(line, subscriptions.size(), i -> {
      Decision decision = point.decideOnce(subscriptions.get(i)).block().getDecision();
      if (decision == Decision.INDETERMINATE) throw new IllegalStateException("request " + i + " is indeterminate");
      return decision == Decision.PERMIT;
    });
    System.exit(0);
  }
}
