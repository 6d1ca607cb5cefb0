import java.io.File;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Judges PDF files with veraPDF; started by tests/verapdf.py.
 *
 * Arguments: a comma-separated list of flavours (ua1,3a), then files. Writes one line a file and
 * flavour, then one line a failed assertion, fields separated by tabs.
 */
public final class VeraCheck {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (int index = 1; index < arguments.length; index++) {
            for (String id : arguments[0].split(",")) {
                judge(new File(arguments[index]), PDFAFlavour.byFlavourId(id));
            }
        }
    }

    private static void judge(File file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            print("verdict", flavour.getId(), String.valueOf(result.isCompliant()),
                    String.valueOf(result.getTotalAssertions()));
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    print("failed", flavour.getId(),
                            assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber(),
                            assertion.getMessage(), assertion.getLocation().getContext());
                }
            }
        }
    }

    private static void print(String... fields) {
        for (int index = 0; index < fields.length; index++) {
            fields[index] = fields[index].replaceAll("[\\t\\r\\n]+", " ");
        }
        System.out.println(String.join("\t", fields));
    }
}
