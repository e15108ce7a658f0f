//! The OpenAPI 3.1 document: what every route says of itself, and what all of them share.

use super::Problem;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, ContentBuilder, InfoBuilder, OpenApi as Document, OpenApiBuilder, Ref, RefOr, ResponseBuilder,
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
        server::ServerBuilder,
    },
};

const ABOUT: &str = "Desk booking for offices that give up fixed desks. Every answer to a failed request is an RFC 9457 problem with a stable \
`code`; its words are in the language of `Accept-Language` (ja, en). Dates are local days of the site, ranges are half-open.";

/// What stands above the routes.
pub(super) fn head() -> Document {
    let mut components = Components::new();
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    components.security_schemes.insert("token".into(), RefOr::T(SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer))));
    OpenApiBuilder::new()
        .info(InfoBuilder::new().title("Nanawari").version("1").description(Some(ABOUT)).build())
        .servers(Some([ServerBuilder::new().url("/api/v1").build()]))
        .components(Some(components))
        .security(Some([SecurityRequirement::new("token", Vec::<String>::new())]))
        .build()
}

/// The whole document.
#[must_use]
pub fn document() -> Document {
    let (_, mut document) = super::described().split_for_parts();
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            let has_body = operation.request_body.is_some();
            for (status, description) in shared(has_body) {
                operation.responses.responses.entry(status.to_owned()).or_insert_with(|| problem(description));
            }
        }
    }
    document
}

/// Failures that any route may answer with.
fn shared(has_body: bool) -> Vec<(&'static str, &'static str)> {
    let mut all = vec![
        ("401", "`unauthorized`: no valid token"),
        ("403", "`insufficient_scope` or `denied`: the token may not do this"),
        ("422", "`invalid_value`: a parameter or field cannot be used; `detail` names it"),
        ("500", "`internal`: a fault of the server, recorded under `request_id`"),
        ("503", "`busy`, `unavailable` or `timed_out`: try again after `Retry-After`"),
    ];
    if has_body {
        all.extend([
            ("400", "`malformed_json` or `body_broken`"),
            ("413", "`body_too_large`: at most 1 MB"),
            ("415", "`unsupported_media_type`: the body must be JSON"),
            ("422", "`invalid_value` or `idempotency_key_reused`"),
        ]);
    }
    all.reverse();
    all
}

fn problem(description: &str) -> RefOr<utoipa::openapi::Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
    RefOr::T(ResponseBuilder::new().description(description).content("application/problem+json", content).build())
}
