import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Holds PDF files against PDF/UA-1 by veraPDF; exits 1 where one does not comply. */
class PdfUa {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    var foundry = Foundries.defaultInstance();
    boolean allComply = true;
    for (String file : files) {
      try (var parser = foundry.createParser(new FileInputStream(file), PDFAFlavour.PDFUA_1)) {
        var result = foundry.createValidator(PDFAFlavour.PDFUA_1, false).validate(parser);
        allComply &= result.isCompliant();
        String verdict = result.isCompliant() ? "complies with PDF/UA-1" : "does not comply with PDF/UA-1";
        System.out.printf("%s %s, %d checks%n", file, verdict, result.getTotalAssertions());
        Map<String, Integer> failures = new TreeMap<>();
        for (TestAssertion one : result.getTestAssertions())
          if (one.getStatus() == TestAssertion.Status.FAILED)
            failures.merge(one.getRuleId().getClause() + ": " + one.getMessage(), 1, Integer::sum);
        failures.forEach((failure, count) -> System.out.printf("  %d x %s%n", count, failure));
      }
    }
    System.exit(allComply ? 0 : 1);
  }
}
