use crate::{
    args::{Global, Read},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Read) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, _) = register::asked(&service, args)?;
    let findings = view.findings();
    if global.json {
        return print::json(&findings);
    }
    print::table(
        &["position", "finding", "places"],
        findings.iter().map(|finding| {
            let places: Vec<String> = finding.places.iter().map(ToString::to_string).collect();
            vec![finding.position.to_string(), finding.message.clone(), places.join("\n")]
        }),
    )
}
