package dev.tocsin.notifiers.sns;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;
import dev.tocsin.notifiers.http.IntegrationClient;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How Amazon SNS is configured (notifiers contract section 1.9). Stateless. */
public final class SnsKind implements NotifierKind {
    private final @Nullable Url sts;

    /** Roles are taken on at the region's own service. */
    public SnsKind() {
        this(null);
    }

    /**
     * A configuration cannot change where roles are taken on.
     *
     * @param sts that address; null for the region's own
     */
    public SnsKind(@Nullable Url sts) {
        this.sts = sts;
    }

    @Override
    public String name() {
        return "sns";
    }

    @Override
    public String configKey() {
        return "sns_configs";
    }

    @Override
    public String elementType() {
        return "*config.SNSConfig";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "config.plain", fields -> decode(fields, scope));
    }

    private SnsConfig decode(YamlFields fields, ConfigScope scope) {
        SnsConfig.Signing signing = fields.struct("sigv4", "sigv4.plain", SnsKind::signing);
        SnsConfig config = new SnsConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                fields.bool("use_aws_http_client", false),
                fields.string("api_url"),
                signing == null ? SnsConfig.Signing.NONE : signing,
                fields.string("topic_arn"),
                fields.string("phone_number"),
                fields.string("target_arn"),
                fields.string("subject", "{{ template \"sns.default.subject\" . }}"),
                fields.string("message", "{{ template \"sns.default.message\" . }}"),
                fields.stringMap("attributes"));
        long targets = Stream.of(config.topicArn(), config.phoneNumber(), config.targetArn())
                .filter(target -> !target.isEmpty())
                .count();
        if (targets % 2 == 0) { // all three are accepted too
            fields.refuse("must provide either a Target ARN, Topic ARN, or Phone Number for SNS config");
        }
        return config;
    }

    private static SnsConfig.Signing signing(YamlFields fields) {
        SnsConfig.Signing signing = new SnsConfig.Signing(
                fields.string("region"),
                fields.string("access_key"),
                fields.text("secret_key", Secret.NONE, Secret::new),
                fields.string("profile"),
                fields.string("role_arn"),
                fields.string("external_id"),
                fields.bool("use_fips_sts_endpoint", false));
        if (signing.accessKey().isEmpty() != signing.secretKey().isEmpty()) {
            fields.refuse("must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the"
                    + " SigV4 config");
        }
        return signing;
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) {
        SnsConfig own = (SnsConfig) config;
        return new SnsConfig(
                own.sendResolved(),
                Settings.http(own.http(), global),
                own.awsHttpClient(),
                own.apiUrl(),
                own.signing(),
                own.topicArn(),
                own.phoneNumber(),
                own.targetArn(),
                own.subject(),
                own.message(),
                own.attributes());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        SnsConfig sns = (SnsConfig) config;
        out.bool("send_resolved", sns.sendResolved());
        HttpClientPrinter.print(sns.http(), out);
        out.textIfSet("api_url", sns.apiUrl())
                .mapping("sigv4", block -> print(sns.signing(), block))
                .textIfSet("topic_arn", sns.topicArn())
                .textIfSet("phone_number", sns.phoneNumber())
                .textIfSet("target_arn", sns.targetArn())
                .textIfSet("subject", sns.subject())
                .textIfSet("message", sns.message())
                .textMapIfAny("attributes", sns.attributes())
                .boolIfTrue("use_aws_http_client", sns.awsHttpClient());
    }

    private static void print(SnsConfig.Signing signing, YamlMapping out) {
        out.textIfSet("region", signing.region())
                .textIfSet("access_key", signing.accessKey())
                .textIfSet("secret_key", signing.secretKey())
                .textIfSet("profile", signing.profile())
                .textIfSet("role_arn", signing.roleArn())
                .textIfSet("external_id", signing.externalId())
                .boolIfTrue("use_fips_sts_endpoint", signing.fipsSts());
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        SnsConfig sns = (SnsConfig) config;
        // a signature is good for one address alone
        HttpClientConfig http = sns.http() == null ? HttpClientConfig.DEFAULT : sns.http();
        IntegrationClient client = outbound.open(name(), http.withoutRedirects());
        AwsAccess access =
                new AwsAccess(sns.signing(), outbound.clients().environment(), client, outbound.clock(), sts);
        return new SnsNotifier(sns, access, client, outbound.clock(), templates);
    }
}
