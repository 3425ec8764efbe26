"""From `template.yaml`, as it is deployed to AWS, to what the engine's CloudFormation can take."""
